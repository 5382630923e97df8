# Everything the project links, from Debian 12's packages (the list to install stands in ./dev).

if(PIPELINES_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(Boost_USE_STATIC_LIBS ON)
  set(OPENSSL_USE_STATIC_LIBS ON)
endif()
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9.1 REQUIRED)     # headers only: src/base/fmt.cpp compiles what they declare
find_package(spdlog 1.10 REQUIRED)  # headers only, likewise
find_package(CLI11 2.1 REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)  # headers only; the target of its package wants a shared library
find_package(SQLite3 3.40 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
find_library(CARES_LIBRARY cares REQUIRED)
if(PIPELINES_STATIC)
  find_library(TCMALLOC_LIBRARY tcmalloc_minimal REQUIRED)
endif()
if(PIPELINES_TESTS OR PIPELINES_RANDOM_RUNS)
  find_package(GTest REQUIRED)
endif()

add_library(pipelines_re2 INTERFACE)
target_link_libraries(pipelines_re2 INTERFACE ${RE2_LIBRARY} Threads::Threads)

add_library(pipelines_spdlog INTERFACE)
target_compile_definitions(pipelines_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
target_link_libraries(pipelines_spdlog INTERFACE Threads::Threads)
