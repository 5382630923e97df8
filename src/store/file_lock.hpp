// One process for a data file: an advisory lock on "<data file>.lock", which holds the pid of its holder. The kernel
// drops it with the process, however that ends; the file stays, since removing it would race with the next to lock it.
#pragma once

#include <filesystem>

#include "pipelines/base/result.hpp"

namespace pipelines::store {

class FileLock {
public:
    // Never waits for the holder. Error: another process holds it (Conflict, names its pid), the disk refuses
    // (Internal).
    [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& data_file);
    ~FileLock();
    FileLock(FileLock&&) noexcept;
    FileLock& operator=(FileLock&&) = delete;

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace pipelines::store
