// parse_json: nlohmann's lexer and grammar, a tree built here so that every bound is met before the tree exceeds it.
#include <fmt/format.h>

#include <algorithm>
#include <boost/nowide/utf/utf.hpp>
#include <iterator>
#include <vector>

#include "pipelines/base/json.hpp"

namespace pipelines {
namespace {

// Hands the text to nlohmann and leaves a note of how far it has read, which its events do not tell.
class NotedIterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    NotedIterator() = default;
    NotedIterator(const char* position, const char** note) : position_(position), note_(note) {}

    reference operator*() const { return *position_; }
    NotedIterator& operator++() {
        *note_ = ++position_;
        return *this;
    }
    NotedIterator operator++(int) {
        NotedIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const NotedIterator& left, const NotedIterator& right) {
        return left.position_ == right.position_;
    }

private:
    const char* position_ = nullptr;
    const char** note_ = nullptr;
};

// The line and column of an offset.
JsonFault fault_at(std::string_view text, std::size_t offset, std::string message) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return {std::move(message), static_cast<std::size_t>(lines) + 1, before.size() - line_start + 1};
}

// "character 'é'", "character U+0007", "byte 0xFF": what stands at an offset, fit for a message.
std::string character_at(std::string_view text, std::size_t offset) {
    namespace utf = boost::nowide::utf;
    const char* const begin = text.data() + offset;
    const char* end = begin;
    const utf::code_point point = utf::utf_traits<char>::decode(end, text.data() + text.size());
    if (point == utf::illegal || point == utf::incomplete)
        return fmt::format("byte 0x{:02X}", static_cast<unsigned char>(*begin));
    if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return fmt::format("character U+{:04X}", point);
    return fmt::format("character '{}'", std::string_view(begin, static_cast<std::size_t>(end - begin)));
}

// Why nlohmann refuses, from its sentence: "[json.exception.parse_error.101] parse error at line 1, column 2: syntax
// error while parsing value - <reason>; last read: '...'; expected ...".
std::string_view reason_of(std::string_view sentence) {
    const std::size_t dash = sentence.find(" - ");
    return dash == std::string_view::npos ? sentence : sentence.substr(dash + 3);
}

// Our sentence for a fault in what stands at an offset.
std::string character_message(std::string_view text, std::size_t offset, std::string_view reason) {
    if (reason.starts_with("invalid BOM")) return "an incomplete byte order mark";
    if (reason.starts_with("invalid number"))
        return fmt::format("unexpected {} in a number", character_at(text, offset));
    if (reason.starts_with("invalid string: ill-formed UTF-8")) return "invalid UTF-8 in a string";
    if (reason.starts_with("invalid string: control character"))
        return fmt::format("unescaped control {} in a string", character_at(text, offset));
    if (reason.starts_with("invalid string")) return std::string(reason.substr(0, reason.find("; ")));
    return "unexpected " + character_at(text, offset);
}

// Receives nlohmann's events. Every function returns whether to go on; false leaves `fault_`.
class TreeBuilder {
public:
    TreeBuilder(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) { open_.reserve(16); }

    [[nodiscard]] NotedIterator begin() { return {text_.data(), &read_}; }
    [[nodiscard]] NotedIterator end() { return {text_.data() + text_.size(), &read_}; }
    [[nodiscard]] Json& root() { return root_; }
    [[nodiscard]] JsonFault& fault() { return fault_; }

    bool null() { return place(nullptr) != nullptr; }
    bool boolean(bool value) { return place(value) != nullptr; }
    bool number_integer(Json::number_integer_t value) { return place(value) != nullptr; }
    bool number_unsigned(Json::number_unsigned_t value) { return place(value) != nullptr; }
    bool string(std::string& value) { return place(std::move(value)) != nullptr; }

    // nlohmann makes a double of an integer too large for 64 bits, which would change it without a word.
    bool number_float(Json::number_float_t value, const std::string& token) {
        if (token.find_first_of(".eE") == std::string::npos) return number_out_of_range(token);
        return place(value) != nullptr;
    }

    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool start_array(std::size_t) { return open(Json::value_t::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(std::string& name) {
        Frame& frame = open_.back();
        const auto [member, is_new] = frame.value->get_ref<Json::object_t&>().try_emplace(std::move(name));
        frame.key = &member->first;
        frame.slot = &member->second;
        if (is_new) return true;
        if (limits_.duplicate_keys == DuplicateKeys::Refuse) return duplicate_key(member->first);
        return true;
    }

    bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& exception) {
        if (exception.id == 406) return number_out_of_range(token);  // "number overflow parsing '1e999'"
        // `position` counts the last character read; the end of the text counts as one.
        if (position > text_.size() || position == 0) return fail(text_.size(), "unexpected end of the text");
        const std::string_view reason = reason_of(exception.what());
        const std::string_view kind = reason.substr(0, reason.find("; "));
        if (kind == "unexpected string literal") return fail(start_of_string_read(), "unexpected string");
        if (kind == "unexpected number literal") return fail(position - token.size(), "unexpected number");
        for (const std::string_view word : {"true", "false", "null"})
            if (kind == fmt::format("unexpected {} literal", word))
                return fail(position - word.size(), fmt::format("unexpected '{}'", word));
        return fail(position - 1, character_message(text_, position - 1, reason));
    }

    bool binary(Json::binary_t&) { return fail(offset_read(), "binary values are not JSON"); }

private:
    // A container whose end is not reached yet.
    struct Frame {
        Json* value;
        Json* slot = nullptr;              // an object's: where the value of the key just read goes
        const std::string* key = nullptr;  // an object's: that key, as its node holds it
    };

    // Puts a value where the grammar stands; null, with the fault set, if that is one too many.
    template <class Value>
    Json* place(Value&& value) {
        if (++nodes_ > limits_.nodes) {
            fail(offset_read(), fmt::format("more than {} values", limits_.nodes));
            return nullptr;
        }
        if (open_.empty()) return &(root_ = Json(std::forward<Value>(value)));
        Frame& frame = open_.back();
        if (frame.slot != nullptr) return &(*frame.slot = Json(std::forward<Value>(value)));
        return &frame.value->get_ref<Json::array_t&>().emplace_back(std::forward<Value>(value));
    }

    bool open(Json::value_t kind) {
        if (open_.size() >= limits_.depth)
            return fail(offset_read(), fmt::format("nested deeper than {} levels", limits_.depth));
        Json* const placed = place(kind);
        if (placed == nullptr) return false;
        open_.push_back({placed});
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    bool fail(std::size_t offset, std::string message) {
        fault_ = fault_at(text_, offset, std::move(message));
        return false;
    }

    bool number_out_of_range(const std::string& token) {
        constexpr std::size_t kShown = 40;
        // The lexer has read one character past the number, unless the text ends with it.
        const std::size_t found = text_.substr(0, static_cast<std::size_t>(read_ - text_.data())).rfind(token);
        const bool is_long = token.size() > kShown;
        return fail(found == std::string_view::npos ? 0 : found,
                    fmt::format("the number {}{} is out of range{}{}", token.substr(0, kShown), is_long ? "..." : "",
                                open_.empty() ? "" : ": ", pointer()));
    }

    bool duplicate_key(const std::string& name) {
        open_.back().key = nullptr;
        return fail(start_of_string_read(),
                    fmt::format("the key {} stands twice: {}/{}", dump(Json(name)), pointer(), pointer_token(name)));
    }

    // The JSON pointer of the value that is being read.
    [[nodiscard]] std::string pointer() const {
        std::string text;
        for (const Frame& frame : open_) {
            // An array holds what is open below it already, but not yet the value that is being read.
            const std::size_t not_in_yet = &frame == &open_.back() ? 0 : 1;
            if (frame.value->is_array())
                text += fmt::format("/{}", frame.value->size() - not_in_yet);
            else if (frame.key != nullptr)
                text += "/" + pointer_token(*frame.key);
        }
        return text;
    }

    // Where the last character read stands.
    [[nodiscard]] std::size_t offset_read() const {
        return read_ == text_.data() ? 0 : static_cast<std::size_t>(read_ - text_.data()) - 1;
    }

    // Where the string begins whose closing quote was read last: its opening quote is the last one not escaped.
    [[nodiscard]] std::size_t start_of_string_read() const {
        std::size_t quote = offset_read();
        while (quote > 0) {
            quote = text_.rfind('"', quote - 1);
            const std::size_t no_backslash =
                quote == 0 ? std::string_view::npos : text_.find_last_not_of('\\', quote - 1);
            const std::size_t backslashes = quote - (no_backslash == std::string_view::npos ? 0 : no_backslash + 1);
            if (backslashes % 2 == 0) return quote;
        }
        return quote;
    }

    std::string_view text_;
    JsonLimits limits_;
    const char* read_ = text_.data();
    Json root_;
    std::vector<Frame> open_;
    std::size_t nodes_ = 0;
    JsonFault fault_;
};

}  // namespace

boost::system::result<Json, JsonFault> parse_json(std::string_view text, const JsonLimits& limits) {
    // A NUL byte ends nlohmann's input without a word.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return fault_at(text, nul, "a NUL byte");
    TreeBuilder builder(text, limits);
    using Parsed = boost::system::result<Json, JsonFault>;
    if (!Json::sax_parse(builder.begin(), builder.end(), &builder)) return Parsed(std::move(builder.fault()));
    return Parsed(boost::system::in_place_value, std::move(builder.root()));
}

}  // namespace pipelines
