// Objects that s3:// URIs name, from a local directory: DIR/<bucket>/<key>, never outside it (each component opened
// beneath the root, links not followed).
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/result.hpp"

namespace pipelines::store {

struct ObjectName {
    std::string bucket, key;
};
[[nodiscard]] std::optional<ObjectName> parse_s3_uri(std::string_view uri);  // s3://bucket/key

class Objects {
public:
    // Error: no such directory.
    [[nodiscard]] static Result<Objects> open(const std::filesystem::path& directory);

    // The object's bytes. Error: NotFound, none there (names the file that was looked for) or a key that leads out of
    // the directory; Validation, larger than `limit` or no plain file.
    [[nodiscard]] Result<std::string> read(const ObjectName&, std::size_t limit) const;

private:
    explicit Objects(std::filesystem::path directory) : directory_(std::move(directory)) {}
    std::filesystem::path directory_;
};

}  // namespace pipelines::store
