// Settles that were cut: a turn of the loop applies its share of events, the rest follows in turns to come. Who asked
// for what was set off may wait for the end of it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "pipelines/domain/namespace.hpp"
#include "pipelines/store/turn.hpp"

namespace pipelines::engine {

class CutSettles {
public:
    using GoOn = std::function<void(NamespaceId)>;  // settles on: whatever comes of it, it throws nothing
    CutSettles(store::Turn& turn, store::Turn::Post post, GoOn go_on)
        : turn_(turn), post_(std::move(post)), go_on_(std::move(go_on)) {}

    // A request begins: when_settled() speaks of what is cut from here on.
    void begin_request() { of_request_.clear(); }
    // `done` runs behind the COMMIT of the turn, and of the turns in which the settles end that this request set off
    // and that were cut; at once if nothing is open. A later turn that is undone only delays it: the rows of the
    // request stand.
    void when_settled(std::function<void()> done);

    // The settle of a namespace ends here for this turn: it goes on in one behind the COMMIT; or it is over.
    void cut(NamespaceId);
    void over(NamespaceId);

    [[nodiscard]] bool goes_on(NamespaceId id) const { return cut_.contains(id); }

private:
    store::Turn& turn_;
    store::Turn::Post post_;
    GoOn go_on_;
    std::set<NamespaceId> of_request_;
    std::set<NamespaceId> cut_;  // and to go on in a turn to come
    std::map<NamespaceId, std::vector<std::function<void()>>> waiting_;
};

}  // namespace pipelines::engine
