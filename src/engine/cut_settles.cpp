#include "engine/cut_settles.hpp"

#include <cstddef>
#include <memory>
#include <utility>

namespace pipelines::engine {

void CutSettles::cut(NamespaceId id) {
    of_request_.insert(id);
    if (!cut_.insert(id).second) return;  // with two on their way, each turn would do twice its share
    turn_.on_undo([this, id] { cut_.erase(id); });
    turn_.after_commit([this, id] {
        post_([this, id] {
            cut_.erase(id);
            go_on_(id);
        });
    });
}

void CutSettles::when_settled(std::function<void()> done) {
    if (of_request_.empty()) return turn_.after_commit(std::move(done));
    auto left = std::make_shared<std::size_t>(of_request_.size());
    for (const NamespaceId id : of_request_)
        waiting_[id].emplace_back([left, done] {
            if (--*left == 0) done();
        });
}

// If the turn is undone they wait on: the settle begins again a second later.
void CutSettles::over(NamespaceId id) {
    const auto waiting = waiting_.find(id);
    if (waiting == waiting_.end()) return;
    const auto done = std::make_shared<std::vector<std::function<void()>>>(std::move(waiting->second));
    waiting_.erase(waiting);
    turn_.on_undo([this, id, done] {
        auto& again = waiting_[id];
        again.insert(again.begin(), done->begin(), done->end());
    });
    for (std::size_t at = 0; at < done->size(); ++at) turn_.after_commit([done, at] { (*done)[at](); });
}

}  // namespace pipelines::engine
