#include "pipelines/store/tags.hpp"

#include "store/paging.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kPut = "INSERT OR REPLACE INTO tags (kind, resource, key, value) VALUES (?, ?, ?, ?)";
constexpr const char* kErase = "DELETE FROM tags WHERE kind = ? AND resource = ? AND key = ?";
constexpr const char* kCount = "SELECT count(*) FROM tags WHERE kind = ? AND resource = ?";
constexpr const char* kPage =
    "SELECT key, value FROM tags WHERE kind = ? AND resource = ? AND key >= ? ORDER BY key LIMIT ?";

Tag read(const Statement& statement) { return {std::string{statement.text(0)}, std::string{statement.text(1)}}; }

}  // namespace

void Tags::put(const Tagged& tagged, std::span<const Tag> tags) {
    for (const Tag& tag : tags)
        database_.prepare(kPut).bind(tagged.kind).bind(tagged.id).bind(tag.key).bind(tag.value).run();
}

void Tags::erase(const Tagged& tagged, std::span<const std::string> keys) {
    for (const std::string& key : keys) database_.prepare(kErase).bind(tagged.kind).bind(tagged.id).bind(key).run();
}

std::size_t Tags::count(const Tagged& tagged) {
    auto statement = database_.prepare(kCount);
    if (!statement.bind(tagged.kind).bind(tagged.id).step()) return 0;
    return static_cast<std::size_t>(statement.integer(0));
}

Page<Tag> Tags::list(const Tagged& tagged, const PageRequest& request) {
    // From the text behind the last one, which in the order of bytes is itself and a NUL: a key may be anything.
    const std::string from = request.after ? text_of(*request.after) + '\0' : std::string{};
    auto statement = database_.prepare(kPage);
    statement.bind(tagged.kind).bind(tagged.id).bind(from).bind(rows_to_read(request));
    return read_page<Tag>(statement, request, read, [](const Tag& tag) { return Position{tag.key, 0}; });
}

}  // namespace pipelines::store
