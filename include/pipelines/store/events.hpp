// What changed, one row an execution and settle: the newest 100,000 stay.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

struct EventRow {
    std::int64_t id = 0;
    NamespaceId namespace_id = 0;
    ExecutionKey execution = 0;
    Time began{};
    std::string body;  // TransitionLog::text()
};

// Rows of an execution, of a namespace, or all.
struct EventFilter {
    std::optional<NamespaceId> space;
    std::optional<ExecutionKey> execution;  // wins
};

class Events {
public:
    explicit Events(Database& database, std::int64_t kept = 100'000) : database_(database), kept_(kept) {}

    void insert(NamespaceId, ExecutionKey, Time began, std::string_view body);

    // Shows the rows from that id on, the oldest first, until the function wants no more.
    void show(std::int64_t id, const EventFilter&, const std::function<bool(const EventRow&)>& wants_more);
    [[nodiscard]] std::int64_t newest();                       // its id; 0 if there is none
    [[nodiscard]] std::int64_t kept() const { return kept_; }  // so many stay, of all namespaces
    // Namespaces that have rows behind that id, up to the other.
    [[nodiscard]] std::vector<NamespaceId> spaces_behind(std::int64_t id, std::int64_t last);

private:
    Database& database_;
    std::int64_t kept_;
};

}  // namespace pipelines::store
