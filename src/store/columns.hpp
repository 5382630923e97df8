// Reads the columns of a row one after the other, in the order of the statement's list.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/store/database.hpp"

namespace pipelines::store {

class Columns {
public:
    explicit Columns(const Statement& statement) : statement_(statement) {}

    [[nodiscard]] std::int64_t integer() { return statement_.integer(next_++); }
    [[nodiscard]] double real() { return statement_.real(next_++); }
    [[nodiscard]] bool flag() { return integer() != 0; }
    [[nodiscard]] std::string text() { return std::string{statement_.text(next_++)}; }
    [[nodiscard]] Json json() { return statement_.json(next_++); }
    [[nodiscard]] Time time() { return statement_.time(next_++); }

    // An integer column as the narrower type or the enum whose values alone are written there.
    template <class T>
    [[nodiscard]] T as() {
        return static_cast<T>(integer());
    }
    template <class T>
    [[nodiscard]] std::optional<T> optional_as() {
        const auto value = statement_.optional_integer(next_++);
        if (!value) return std::nullopt;
        return static_cast<T>(*value);
    }
    [[nodiscard]] std::optional<std::int64_t> optional_integer() { return statement_.optional_integer(next_++); }
    [[nodiscard]] std::optional<std::string> optional_text() { return statement_.optional_text(next_++); }
    [[nodiscard]] std::optional<Time> optional_time() { return statement_.optional_time(next_++); }

private:
    const Statement& statement_;
    int next_ = 0;
};

}  // namespace pipelines::store
