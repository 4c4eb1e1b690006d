# Programs that test or measure the built witmed from outside. They share nothing with it but the network.
file(GLOB support_sources CONFIGURE_DEPENDS tests/support/*.cpp)
add_library(witmed_support STATIC EXCLUDE_FROM_ALL ${support_sources})
target_include_directories(witmed_support PUBLIC tests)
target_link_libraries(witmed_support PUBLIC fmt::fmt simdjson::simdjson Threads::Threads)

add_library(witmed_crash STATIC EXCLUDE_FROM_ALL
  tests/crash/ledger.cpp tests/crash/power_image.cpp tests/crash/server.cpp tests/crash/workload.cpp)
target_link_libraries(witmed_crash PUBLIC witmed_support)
if(TARGET witmed_tests)
  target_link_libraries(witmed_tests PRIVATE witmed_crash)
endif()

add_executable(witmed_kill EXCLUDE_FROM_ALL tests/crash/kill.cpp)
target_link_libraries(witmed_kill PRIVATE witmed_crash)
add_executable(witmed_power EXCLUDE_FROM_ALL tests/crash/power.cpp)
target_link_libraries(witmed_power PRIVATE witmed_crash)
add_library(witmed_power_shim SHARED EXCLUDE_FROM_ALL tests/crash/power_shim.cpp)
target_include_directories(witmed_power_shim PRIVATE tests)
target_link_libraries(witmed_power_shim PRIVATE ${CMAKE_DL_LIBS})

file(GLOB bench_sources CONFIGURE_DEPENDS bench/*_bench.cpp)
foreach(source IN LISTS bench_sources)
  get_filename_component(name ${source} NAME_WE)
  if(TARGET ${name})
    target_link_libraries(${name} PRIVATE witmed_support)
  endif()
endforeach()
