// When the answer of a request leaves, and what it is if the rows do not come to stand.

#include <exception>
#include <memory>
#include <utility>

#include "engine/impl.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {
namespace {

struct Refused {};  // leaves Turn::within(), so that nothing stays of what a refused request wrote

// The first answer counts: of a savepoint that is undone, of what threw out of it, of a cut settle that still ends.
Send once(const std::shared_ptr<bool>& answered, Send send) {
    return [answered, send = std::move(send)] {
        if (!std::exchange(*answered, true)) send();
    };
}

}  // namespace

void Engine::answer_write(std::string_view what, const std::function<Answer()>& request, Send failed) {
    const auto answered = std::make_shared<bool>(false);
    const Send undone = once(answered, std::move(failed));
    try {
        impl_->rows.turn.within([this, &request, &answered, &undone] {
            impl_->rows.turn.on_undo(undone);
            impl_->driver.begin_request();
            Answer answer = request();
            Send send = once(answered, std::move(answer.send));
            if (answer.stands) return impl_->driver.when_settled(std::move(send));
            // The last registered runs first: the refusal, not `undone`.
            impl_->rows.turn.on_undo(std::move(send));
            throw Refused{};
        });
    } catch (const Refused&) {  // answered when the savepoint was rolled back
    } catch (const std::exception& fault) {
        log::error("{} failed: {}", what, fault.what());
        undone();  // nobody did if the turn could not even be opened
    }
}

void Engine::answer_read(Send send, Send failed) {
    impl_->rows.turn.on_undo(std::move(failed));
    impl_->rows.turn.after_commit(std::move(send));
}

}  // namespace pipelines::engine
