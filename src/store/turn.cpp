#include "pipelines/store/turn.hpp"

#include <ranges>
#include <stdexcept>
#include <utility>

#include "pipelines/base/log.hpp"

namespace pipelines::store {
namespace {

// One that throws is reported and does not stop the others: they belong to other requests.
void call(const std::function<void()>& callback, std::string_view what) noexcept {
    try {
        callback();
    } catch (const std::exception& error) {
        log::error("{}: {}", what, error.what());
    } catch (...) {
        log::error("{}: an exception of an unknown kind", what);
    }
}

}  // namespace

Turn::Turn(Database& database, Post post) : database_(database), post_(std::move(post)) {}

void Turn::within(const std::function<void()>& change) {
    if (inside_) return change();
    open();
    const std::size_t mark = pending_.size();
    try {
        database_.prepare("SAVEPOINT request").run();
        inside_ = true;
        change();
        inside_ = false;
        database_.prepare("RELEASE request").run();
    } catch (...) {
        inside_ = false;
        undo_savepoint(mark);
        throw;
    }
}

void Turn::begin_reading() {
    if (open_ || reading_) return;
    post_([this] { end_reading(); });
    database_.prepare("BEGIN").run();
    reading_ = true;
}

void Turn::end_reading() noexcept {
    if (!std::exchange(reading_, false)) return;
    try {
        database_.prepare("COMMIT").run();
    } catch (const DatabaseError& error) {
        log::error("a read transaction could not be ended: {}", error.what());
        roll_back();  // or every later BEGIN would be refused
    }
}

void Turn::open() {
    if (open_) return;
    end_reading();
    post_([this] { commit(); });  // first: a commit with nothing open is nothing, an open turn without one would hang
    database_.prepare("BEGIN IMMEDIATE").run();
    open_ = true;
}

void Turn::undo_savepoint(std::size_t mark) {
    // Some errors (disk full, I/O) make SQLite roll back the whole transaction: then the whole turn is undone.
    bool whole = !database_.in_transaction();
    if (!whole) {
        try {
            database_.prepare("ROLLBACK TO request").run();
            database_.prepare("RELEASE request").run();
        } catch (const DatabaseError& error) {
            log::error("a savepoint could not be rolled back, the whole turn is: {}", error.what());
            whole = true;
        }
    }
    if (whole) {
        roll_back();
        open_ = false;
    }
    std::vector<Pending> taken = take_from(whole ? 0 : mark);
    undo(taken);
    go_over(taken);
}

// After an I/O error a connection may refuse every later COMMIT: the next turn gets a new one.
void Turn::roll_back() noexcept {
    try {
        database_.reopen();
    } catch (const DatabaseError& error) {
        log::error("the data file could not be opened again, the old connection stays: {}", error.what());
    }
}

std::vector<Turn::Pending> Turn::take_from(std::size_t mark) {
    const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(mark);
    std::vector<Pending> taken{std::make_move_iterator(first), std::make_move_iterator(pending_.end())};
    pending_.erase(first, pending_.end());
    return taken;
}

void Turn::undo(const std::vector<Pending>& entries) noexcept {
    for (const Pending& entry : entries | std::views::reverse)
        if (entry.when == When::Undone) call(entry.act, "undoing a change");
}

void Turn::after_commit(std::function<void()> act) {
    if (open_)
        pending_.push_back({std::move(act), When::Committed});
    else
        call(act, "after a commit");
}

void Turn::on_undo(std::function<void()> act) {
    if (open_) pending_.push_back({std::move(act), When::Undone});
}

void Turn::when_over(std::function<void()> act) {
    if (!open_) return call(act, "behind a turn");
    pending_.push_back({std::move(act), When::Over});
}

// Behind a savepoint the turn is still open, and what was called at its end may have opened the next.
void Turn::go_over(std::vector<Pending>& entries) {
    for (Pending& entry : entries)
        if (entry.when == When::Over) when_over(std::move(entry.act));
}

bool Turn::dirty() const { return open_; }

void Turn::commit() {
    if (!open_) return;
    if (inside_) throw std::logic_error("Turn::commit() inside within()");
    bool committed = true;
    try {
        database_.prepare("COMMIT").run();
    } catch (const DatabaseError& error) {
        log::error("COMMIT failed, the turn is rolled back: {}", error.what());
        committed = false;
        roll_back();  // after a failed COMMIT the transaction is still open
    }
    open_ = false;
    // What they add from here on belongs to the next turn.
    std::vector<Pending> entries = take_from(0);
    if (committed) {
        for (const Pending& entry : entries)
            if (entry.when == When::Committed) call(entry.act, "after a commit");
    } else {
        undo(entries);
    }
    go_over(entries);
}

}  // namespace pipelines::store
