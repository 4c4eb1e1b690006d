# R4's profiles and extensions and the project's own (fhir/profiles/), packed by src/fhir/validate/profile/pack_profiles.cpp.
function(witmed_embed_profiles target)
  add_executable(pack_profiles ${CMAKE_SOURCE_DIR}/src/fhir/validate/profile/pack_profiles.cpp)
  target_link_libraries(pack_profiles PRIVATE simdjson::simdjson PkgConfig::ZSTD)
  file(GLOB_RECURSE own CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fhir/profiles/*.json)
  set(blob ${CMAKE_BINARY_DIR}/profiles.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_profiles> ${WITMED_NODE_MODULES} ${CMAKE_SOURCE_DIR}/fhir/profiles ${blob}
    DEPENDS pack_profiles ${CMAKE_SOURCE_DIR}/package.json ${own})
  set(asm ${CMAKE_BINARY_DIR}/profiles_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_profiles_begin\n.balign 64\nwitmed_profiles_begin:\n.incbin \"${blob}\"\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
