#include "store/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines::store {
namespace {

std::optional<long> holder(int descriptor) {
    // The holder writes its pid right after it locked: a moment of patience, far below the second that a start may
    // take.
    for (int attempt = 0; attempt < 20; ++attempt) {
        std::array<char, 32> text{};
        const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
        if (length > 0) {
            const auto line = std::string_view{text.data(), static_cast<std::size_t>(length)};
            if (line.ends_with('\n')) return parse_number<long>(line.substr(0, line.size() - 1));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return std::nullopt;
}

Error in_use(const std::filesystem::path& data_file, int descriptor) {
    const auto pid = holder(descriptor);
    return {ErrorKind::Conflict,
            fmt::format("the data file '{}' is in use by another process ({}); a data file serves one",
                        data_file.string(), pid ? fmt::format("pid {}", *pid) : "pid not known")};
}

Error failure(const std::filesystem::path& path, int code) {
    return {ErrorKind::Internal,
            fmt::format("cannot lock '{}': {}", path.string(), std::generic_category().message(code))};
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::filesystem::path& data_file) {
    const std::filesystem::path path = data_file.string() + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return failure(path, errno);
    FileLock lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return in_use(data_file, descriptor);
        return failure(path, errno);
    }
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0)
        return failure(path, errno);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace pipelines::store
