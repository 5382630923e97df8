# One static library per layer. Its links are the arrows of docs/architecture.md; include/ is one directory, so that
# tools/check_layers.py is what refuses a wrong include.

add_library(pipelines_flags INTERFACE)
target_compile_options(pipelines_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor)
if(PIPELINES_WERROR)
  target_compile_options(pipelines_flags INTERFACE -Werror)
endif()
if(PIPELINES_SANITIZE)
  # Without vptr: to look at a virtual table it opens a pipe, and reports an error where no descriptor is left for one,
  # which is what a test of the transport makes happen.
  # Without null and alignment: most of the code that the checks add, for what the address sanitizer finds when it is read,
  # and what x86 and ARM allow.
  # Undefined behaviour is looked for in what is tested, not in the tests: with it they take a third longer to compile.
  string(REPLACE "," "$<COMMA>" sanitizers "${PIPELINES_SANITIZE}")
  string(REPLACE "$<COMMA>undefined" "" sanitizers_of_tests "${sanitizers}")
  target_compile_options(pipelines_flags INTERFACE
    -fsanitize=$<IF:$<BOOL:$<TARGET_PROPERTY:PIPELINES_IS_TEST>>,${sanitizers_of_tests},${sanitizers}>
    -fno-sanitize=vptr,null,alignment -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pipelines_flags INTERFACE -fsanitize=${PIPELINES_SANITIZE})
endif()
if(PIPELINES_STATIC)
  target_link_options(pipelines_flags INTERFACE -static -Wl,--gc-sections)
endif()

# The headers that nearly every file reads, compiled once: it halves a build from nothing.
option(PIPELINES_PCH "Precompile the headers that most files read" OFF)
if(PIPELINES_PCH)
  # ccache passes files by that read a precompiled header, unless the compiler names it in what it preprocesses.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pipelines_flags INTERFACE -fpch-preprocess)
  endif()
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "")
  set(precompiled <nlohmann/json.hpp> <fmt/format.h> <boost/system/result.hpp>
    <algorithm> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map> <variant> <vector>)
  foreach(part IN ITEMS layers tests)
    add_library(pipelines_precompiled_${part} OBJECT EXCLUDE_FROM_ALL "${CMAKE_BINARY_DIR}/precompiled.cpp")
    target_link_libraries(pipelines_precompiled_${part} PRIVATE pipelines_flags)
    target_precompile_headers(pipelines_precompiled_${part} PRIVATE ${precompiled})
  endforeach()
  set_target_properties(pipelines_precompiled_tests PROPERTIES PIPELINES_IS_TEST ON)
  target_precompile_headers(pipelines_precompiled_tests PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  target_link_libraries(pipelines_precompiled_tests PRIVATE $<TARGET_NAME_IF_EXISTS:GTest::gmock>)
endif()

# pipelines_precompile(TARGET layers|tests)
function(pipelines_precompile target part)
  if(PIPELINES_PCH)
    target_precompile_headers(${target} REUSE_FROM pipelines_precompiled_${part})
  endif()
endfunction()

# pipelines_layer(NAME SOURCES a.cpp ... LINKS layer-or-target ... [PRIVATE target ...])
function(pipelines_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE" ${ARGN})
  set(target pipelines_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  file(GLOB headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/pipelines/${name}/*.hpp")
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${headers})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${target} PUBLIC pipelines_flags ${ARG_LINKS} PRIVATE ${ARG_PRIVATE})
  pipelines_precompile(${target} layers)
endfunction()

# pipelines_test(NAME [SHARDS n] LINKS ...): every *_test.cpp beside the calling file, as one program NAME_test. It is one
# test of ctest, since a process for each test takes longer than the tests; what takes long is n, each every nth test.
function(pipelines_test name)
  cmake_parse_arguments(ARG "" "SHARDS" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp")
  add_executable(${name}_test ${sources})
  set_target_properties(${name}_test PROPERTIES PIPELINES_IS_TEST ON)
  target_include_directories(${name}_test PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(${name}_test PRIVATE PIPELINES_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name}_test PRIVATE pipelines_flags ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  pipelines_precompile(${name}_test tests)
  if(NOT ARG_SHARDS)
    set(ARG_SHARDS 1)
  endif()
  foreach(shard RANGE 1 ${ARG_SHARDS})
    math(EXPR index "${shard} - 1")
    set(test ${name}_${shard})
    add_test(NAME ${test}
             COMMAND ${name}_test --gtest_brief=1 "--gtest_output=xml:${CMAKE_BINARY_DIR}/reports/${test}.xml")
    set_tests_properties(${test} PROPERTIES TIMEOUT 600 COST ${ARG_SHARDS}
                         ENVIRONMENT "GTEST_TOTAL_SHARDS=${ARG_SHARDS};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()
