// Pipelines, their versions and version aliases.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

enum class PipelineSort : std::uint8_t { CreationTime, Name };

struct PipelineFilter {
    NamespaceId namespace_id = 0;
    std::string name_prefix;                            // empty: all
    std::optional<Time> created_after, created_before;  // both exclusive
    PipelineSort sort = PipelineSort::CreationTime;
};

struct VersionFilter {
    VersionFilter(PipelineKey key, std::optional<Time> after = {}, std::optional<Time> before = {})
        : pipeline(key), created_after(after), created_before(before) {}

    PipelineKey pipeline;
    std::optional<Time> created_after, created_before;  // both exclusive
};

class Pipelines {
public:
    explicit Pipelines(Database& database) : database_(database) {}

    [[nodiscard]] PipelineKey insert(const Pipeline&);
    void update(const Pipeline&);  // by id
    void erase(PipelineKey);       // versions, aliases, executions, jobs, tags, request tokens go with it

    [[nodiscard]] std::size_t count(NamespaceId);
    // The pipeline of exactly that name; else the only one that is equal without regard to case.
    [[nodiscard]] std::optional<Pipeline> find(NamespaceId, std::string_view name);
    [[nodiscard]] std::optional<Pipeline> find(PipelineKey);
    [[nodiscard]] std::optional<std::string> name(PipelineKey);
    [[nodiscard]] Page<Pipeline> list(const PipelineFilter&, const PageRequest&);

    // Creation time of its newest execution.
    [[nodiscard]] std::optional<Time> last_run(PipelineKey);

    [[nodiscard]] VersionKey insert_version(const PipelineVersion&, std::string_view definition);
    void update_version(const PipelineVersion&);  // names, description and modified; by id
    [[nodiscard]] std::optional<PipelineVersion> find_version(PipelineKey, std::int64_t version);
    [[nodiscard]] std::optional<PipelineVersion> find_version_by_key(VersionKey);
    [[nodiscard]] Page<PipelineVersion> list_versions(const VersionFilter&, const PageRequest&);
    [[nodiscard]] std::string definition(VersionKey);

    void add_alias(PipelineKey, std::string_view alias, std::int64_t version);
    void remove_alias(PipelineKey, std::string_view alias);
    [[nodiscard]] std::optional<std::int64_t> version_of_alias(PipelineKey, std::string_view alias);
    [[nodiscard]] std::vector<std::string> aliases(PipelineKey, std::int64_t version);  // by name

private:
    Database& database_;
};

}  // namespace pipelines::store
