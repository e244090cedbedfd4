# matchgo_library(NAME [PRECOMPILED kind] [SOURCES ...] [DEPS ...]) - one library per room or
# service. Headers need not be listed; includes are full paths from the root.
function(matchgo_library name)
  cmake_parse_arguments(ARG "" "PRECOMPILED" "SOURCES;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    if(NOT ARG_PRECOMPILED)
      set(ARG_PRECOMPILED plain)
    endif()
    matchgo_precompiled(${name} ${ARG_PRECOMPILED})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE matchgo_warnings)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

# matchgo_quick_under_sanitizers(TARGET...) - optimises what counts most in tests also where the
# sanitizers watch: -O0 makes tight loops over containers several times slower and finds no more.
# These rooms take no precompiled headers, which serve only files with the same optimisation.
function(matchgo_quick_under_sanitizers)
  if(MATCHGO_SANITIZE)
    foreach(target ${ARGN})
      target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O1>)
    endforeach()
  endif()
endfunction()

# matchgo_test(NAME [SOURCES ...] [DEPS ...] [LABELS ...] [TIMEOUT seconds])
function(matchgo_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  matchgo_precompiled(${name} test)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main matchgo_warnings)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    SKIP_REGULAR_EXPRESSION "ALL TESTS SKIPPED")
endfunction()

# matchgo_bench(NAME [SOURCES ...] [DEPS ...]) - built only by the bench preset.
function(matchgo_bench name)
  if(NOT MATCHGO_BENCHES)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} benchmark::benchmark matchgo_allocator
    matchgo_warnings)
endfunction()
