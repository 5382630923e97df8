#include "pipelines/store/objects.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines::store {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool valid() const { return number_ >= 0; }

private:
    int number_;
};

// A name of one file or directory, and nothing that a path could mean beyond it.
bool is_plain_component(std::string_view component) {
    return !component.empty() && component != "." && component != ".." &&
           component.find('\0') == std::string_view::npos && component.find('/') == std::string_view::npos;
}

bool stays_beneath(const ObjectName& name) {
    if (!is_plain_component(name.bucket)) return false;
    for (const std::string_view component : split(name.key, '/'))
        if (!is_plain_component(component)) return false;
    return true;
}

// Component by component, no link followed: what openat2 does in one call, for kernels and sandboxes without it.
Descriptor open_stepwise(Descriptor directory, std::string_view path) {
    const auto components = split(path, '/');
    for (std::size_t i = 0; i < components.size() && directory.valid(); ++i) {
        const int kind = i + 1 < components.size() ? O_DIRECTORY : O_NONBLOCK;
        directory = Descriptor{
            ::openat(directory.get(), std::string{components[i]}.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | kind)};
    }
    return directory;
}

Descriptor open_beneath(const std::filesystem::path& root, const std::string& path) {
    Descriptor directory{::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
    if (!directory.valid()) return directory;
    open_how how{};
    how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;  // a FIFO must not stop the loop
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    Descriptor file{static_cast<int>(::syscall(SYS_openat2, directory.get(), path.c_str(), &how, sizeof how))};
    if (file.valid() || (errno != ENOSYS && errno != EPERM)) return file;
    return open_stepwise(std::move(directory), path);
}

Error cannot_read(std::string_view what, std::string_view why) {
    return validation_error(fmt::format("'{}': {}", what, why));
}

Error not_here(std::string_view what, std::string_view why) {
    return {ErrorKind::NotFound, fmt::format("'{}': {}", what, why)};
}

}  // namespace

std::optional<ObjectName> parse_s3_uri(std::string_view uri) {
    constexpr std::string_view kScheme = "s3://";
    if (!uri.starts_with(kScheme)) return std::nullopt;
    uri.remove_prefix(kScheme.size());
    const auto slash = uri.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash + 1 == uri.size()) return std::nullopt;
    return ObjectName{std::string{uri.substr(0, slash)}, std::string{uri.substr(slash + 1)}};
}

Result<Objects> Objects::open(const std::filesystem::path& directory) {
    std::error_code failure;
    if (!std::filesystem::is_directory(directory, failure))
        return validation_error(fmt::format("'{}' is no directory", directory.string()));
    return Objects{std::filesystem::absolute(directory)};
}

Result<std::string> Objects::read(const ObjectName& name, std::size_t limit) const {
    const std::string path = name.bucket + "/" + name.key;
    const std::string shown = (directory_ / path).string();
    if (!stays_beneath(name))
        return not_here(path, "the key leads out of the directory of objects, or is no name of a file");
    const Descriptor file = open_beneath(directory_, path);
    if (!file.valid()) {
        if (errno == ENOENT || errno == ENOTDIR) return not_here(shown, "there is no such file");
        if (errno == ELOOP || errno == EXDEV)
            return cannot_read(shown, "the path goes through a link, which is not followed");
        return cannot_read(shown, std::generic_category().message(errno));
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return cannot_read(shown, "it is no ordinary file");
    std::string bytes;
    std::string block(64 * 1024, '\0');
    while (bytes.size() <= limit) {
        const ssize_t length = ::read(file.get(), block.data(), block.size());
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return cannot_read(shown, std::generic_category().message(errno));
        if (length == 0) return bytes;
        bytes.append(block, 0, static_cast<std::size_t>(length));
    }
    return cannot_read(shown, fmt::format("it is larger than {} bytes", limit));
}

}  // namespace pipelines::store
