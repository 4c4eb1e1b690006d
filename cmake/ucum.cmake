# The UCUM table, packed at build time by src/fhir/ucum/pack_ucum.cpp (grammar: src/fhir/ucum/table.h) and carried by the program.
function(witmed_embed_ucum target)
  add_executable(pack_ucum ${CMAKE_SOURCE_DIR}/src/fhir/ucum/pack_ucum.cpp)
  target_link_libraries(pack_ucum PRIVATE simdjson::simdjson fmt::fmt)
  set(blob ${CMAKE_BINARY_DIR}/ucum.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_ucum> ${WITMED_NODE_MODULES} ${blob}
    DEPENDS pack_ucum ${CMAKE_SOURCE_DIR}/package.json)
  set(asm ${CMAKE_BINARY_DIR}/ucum_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_ucum_begin\n.global witmed_ucum_end\n.balign 64\nwitmed_ucum_begin:\n.incbin \"${blob}\"\nwitmed_ucum_end:\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
