// Group commit: all that one turn of the event loop writes is one transaction, each request a savepoint in it, and the
// answers leave after its COMMIT. Nothing is awaited inside within().
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "pipelines/store/database.hpp"

namespace pipelines::store {

class Turn {
public:
    // `post` runs a function behind what is ready in this turn of the loop (asio::post; in a test, a queue).
    using Post = std::function<void(std::function<void()>)>;
    Turn(Database&, Post post);

    // Runs `change` in a savepoint of the turn's transaction (opened with BEGIN IMMEDIATE on first use). If it throws,
    // the savepoint is rolled back, its on_undo run (last first), its after_commit are dropped, and the exception goes
    // on. Where SQLite itself gave up the whole transaction (disk full, I/O error), that happens to the whole turn.
    // Nested calls join the outer savepoint.
    void within(const std::function<void()>& change);

    // What is read from here to the end of the turn, or to its first write, is read in one transaction: a read pays for
    // no locks of its own.
    void begin_reading();

    // Runs in order after the COMMIT of this turn; at once if nothing is open. From inside within() it belongs to that
    // savepoint. What it adds while it runs belongs to the next turn. An exception of it is logged and stops no other.
    void after_commit(std::function<void()> act);

    // Runs if the savepoint is rolled back or the COMMIT fails: drops what ran ahead of the rows. `failed` of a reply
    // is what it answers then (InternalFailure). Called when the rows are back and nothing is open inside the
    // savepoint, so it may read and may call within(). Exceptions as above. Dropped if nothing is open.
    void on_undo(std::function<void()> undo);

    // Runs once no turn is open, whether the one that is comes to stand or not, and behind all that its end calls; at
    // once if none is. What is read then stands, and what it keeps of that need not be undone. Not for what is itself
    // called at that end: it would run at once, among the others.
    void when_over(std::function<void()> act);

    // A transaction is open (something was written this turn): reads then wait for its COMMIT before they are answered.
    [[nodiscard]] bool dirty() const;

    // Ends the turn now. Posted by itself by the first within() of a turn (the Turn outlives what it posted); called
    // directly at shutdown and in tests. A COMMIT that fails is logged, rolled back and undone, never thrown.
    void commit();

private:
    enum class When : std::uint8_t { Committed, Undone, Over };
    struct Pending {
        std::function<void()> act;
        When when;
    };

    void open();
    void end_reading() noexcept;
    void undo_savepoint(std::size_t mark);
    void roll_back() noexcept;
    [[nodiscard]] std::vector<Pending> take_from(std::size_t mark);
    static void undo(const std::vector<Pending>&) noexcept;
    void go_over(std::vector<Pending>&);

    Database& database_;
    Post post_;
    std::vector<Pending> pending_;
    bool open_ = false;
    bool reading_ = false;
    bool inside_ = false;
};

}  // namespace pipelines::store
