// When the answer of a request leaves, and what it is if the rows do not come to stand.

#include <exception>
#include <memory>
#include <utility>

#include "engine/impl.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {
namespace {

// Leaves Turn::within(), so that nothing stays of what a refused request wrote.
struct Refused : std::exception {
    explicit Refused(Send refusal) : send(std::move(refusal)) {}

    Send send;
};

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
    impl_->driver.recover_undone();  // in the request's own savepoint it would go with a refusal
    try {
        impl_->rows.turn.within([this, &request, &answered, &undone] {
            impl_->driver.cut_settles().begin_request();
            Answer answer = request();
            if (!answer.stands) throw Refused{std::move(answer.send)};
            impl_->rows.turn.on_undo(undone);
            impl_->driver.cut_settles().when_settled(once(answered, std::move(answer.send)));
        });
    } catch (Refused& refused) {
        // Others of the turn may have written what it rests on ("already exists"); with the turn, that may be gone.
        if (!impl_->rows.turn.dirty()) return undone();
        answer_read(std::move(refused.send), undone);
    } catch (const std::exception& fault) {
        log::error("{} failed: {}", what, fault.what());
        undone();
    }
}

void Engine::answer_read(Send send, Send failed) {
    impl_->rows.turn.on_undo(std::move(failed));
    impl_->rows.turn.after_commit(std::move(send));
}

}  // namespace pipelines::engine
