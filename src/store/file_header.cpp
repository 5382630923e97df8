#include "store/file_header.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>

#include "store/migrate.hpp"

namespace pipelines::store {
namespace {

// https://www.sqlite.org/fileformat.html#the_database_header
constexpr std::size_t kHeaderSize = 100;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

std::uint32_t big_endian(const std::array<unsigned char, kHeaderSize>& bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
           std::uint32_t{bytes[at + 3]};
}

Error refusal(const std::filesystem::path& file, std::string_view why) {
    return {ErrorKind::Validation, fmt::format("the data file '{}' {}; it is left as it is", file.string(), why)};
}

}  // namespace

Result<void> check_header(const std::filesystem::path& data_file) {
    const std::unique_ptr<std::FILE, CloseFile> file{std::fopen(data_file.c_str(), "rbe")};
    if (!file) {
        if (errno == ENOENT) return {};
        return Error{ErrorKind::Internal,
                     fmt::format("cannot read '{}': {}", data_file.string(), std::generic_category().message(errno))};
    }
    std::array<unsigned char, kHeaderSize> bytes{};
    const std::size_t length = std::fread(bytes.data(), 1, bytes.size(), file.get());
    if (std::ferror(file.get()) != 0)
        return Error{ErrorKind::Internal, fmt::format("cannot read '{}': it is no ordinary file", data_file.string())};
    if (length == 0) return {};
    if (length < kHeaderSize || std::string_view{reinterpret_cast<const char*>(bytes.data()), kMagic.size()} != kMagic)
        return refusal(data_file, "is not an SQLite database");
    return check_owner(data_file, big_endian(bytes, kApplicationIdAt), big_endian(bytes, kUserVersionAt));
}

Result<void> check_owner(const std::filesystem::path& data_file, std::int64_t application_id,
                         std::int64_t user_version) {
    if (application_id != kApplicationId && application_id != 0)
        return refusal(data_file, "is an SQLite database of another program");
    if (application_id == kApplicationId && user_version > newest_version())
        return refusal(data_file,
                       fmt::format("was written by a newer version of this program (schema {}, this one knows {})",
                                   user_version, newest_version()));
    return {};
}

}  // namespace pipelines::store
