#include "services/documents/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <unordered_map>

#include "base/error.h"

namespace witmed::services {
namespace {

// Points, 72 to the inch: A4 is 210 × 297 mm.
constexpr double kWidth = 595.28, kHeight = 841.89;
constexpr double kLeft = 45, kRight = 45, kTop = 48, kBottom = 56;
constexpr double kInner = kWidth - kLeft - kRight;
constexpr double kPad = 4;      // inside a cell
constexpr int kLinesMost = 12;  // of one cell: a longer text ends in "…"
constexpr const char* kFonts = "Noto Sans CJK SC, HanaMinA, HanaMinB";

struct Colour {
  double r, g, b;
};
constexpr Colour kInk{0.07, 0.12, 0.13}, kSoft{0.33, 0.40, 0.41}, kLine{0.78, 0.83, 0.83},
    kBrand{0.04, 0.37, 0.39}, kDanger{0.66, 0.11, 0.09}, kDangerGround{0.99, 0.94, 0.93},
    kHeadGround{0.93, 0.96, 0.96};

Colour colour_of(Paper::Tone tone) {
  return tone == Paper::Tone::danger ? kDanger : tone == Paper::Tone::quiet ? kSoft : kInk;
}

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;

cairo_status_t append(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// Replaces what no font can draw by its code point, and control characters by spaces.
class Letters {
 public:
  explicit Letters(PangoContext* context) {
    Font font(pango_font_description_from_string(kFonts));
    fonts_ = pango_context_load_fontset(context, font.get(), pango_language_from_string("zh-cn"));
  }
  ~Letters() { g_object_unref(fonts_); }
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  std::string printable(const std::string& text) {
    std::string out;
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
      const gunichar letter = g_utf8_get_char_validated(at, end - at);
      if (letter >= static_cast<gunichar>(-2)) break;  // the store holds valid UTF-8 only
      if (g_unichar_iscntrl(letter)) {
        out += ' ';
      } else if (letter < 0x80 || g_unichar_iszerowidth(letter) || known(letter)) {
        out.append(at, static_cast<size_t>(g_utf8_next_char(at) - at));
      } else {
        char code[32];
        snprintf(code, sizeof code, "〔U+%04X〕", letter);
        out += code;
      }
    }
    return out;
  }

 private:
  bool known(gunichar letter) {
    auto [found, added] = known_.emplace(letter, false);
    if (!added) return found->second;
    if (PangoFont* font = pango_fontset_get_font(fonts_, letter)) {
      found->second = pango_font_has_char(font, letter);
      g_object_unref(font);
    }
    return found->second;
  }
  PangoFontset* fonts_;
  std::unordered_map<gunichar, bool> known_;
};

}  // namespace

// One run over the blocks: the first only counts pages, the second writes them with their number.
class PaperPress {
 public:
  PaperPress(const Paper& paper, int pages, std::string& out)
      : paper_(paper),
        pages_(pages),
        surface_(cairo_pdf_surface_create_for_stream(append, &out, kWidth, kHeight)),
        pen_(cairo_create(surface_.get())),
        context_(pango_cairo_create_context(pen_.get()), g_object_unref),
        letters_(context_.get()) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, paper.frame_.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "Witmed");
  }

  int run() {
    begin_page();
    for (const auto& block : paper_.blocks_) draw(block);
    end_page();
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = cairo_surface_status(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS)
      throw Failure(std::string("the PDF could not be written: ") + cairo_status_to_string(status));
    return page_;
  }

 private:
  using Block = Paper::Block;
  struct Text {
    Layout layout;
    double width, height;
  };

  void ink(Colour colour) { cairo_set_source_rgb(pen_.get(), colour.r, colour.g, colour.b); }

  // `width` ≤ 0: as wide as it is.
  Text text(const std::string& words, double size, double width, bool strong = false) {
    Text out{Layout(pango_layout_new(context_.get())), 0, 0};
    Font font(pango_font_description_from_string(kFonts));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (strong) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(out.layout.get(), font.get());
    if (width > 0) {
      pango_layout_set_width(out.layout.get(), static_cast<int>(width * PANGO_SCALE));
      pango_layout_set_wrap(out.layout.get(), PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height(out.layout.get(), -kLinesMost);
      pango_layout_set_ellipsize(out.layout.get(), PANGO_ELLIPSIZE_END);
    }
    const std::string shown = letters_.printable(words);
    pango_layout_set_text(out.layout.get(), shown.data(), static_cast<int>(shown.size()));
    int w = 0, h = 0;
    pango_layout_get_size(out.layout.get(), &w, &h);
    out.width = static_cast<double>(w) / PANGO_SCALE;
    out.height = static_cast<double>(h) / PANGO_SCALE;
    return out;
  }
  void put(const Text& words, double x, double y, Colour colour) {
    ink(colour);
    cairo_move_to(pen_.get(), x, y);
    pango_cairo_show_layout(pen_.get(), words.layout.get());
  }
  void line(double x1, double x2, double y, Colour colour, double width) {
    ink(colour);
    cairo_set_line_width(pen_.get(), width);
    cairo_move_to(pen_.get(), x1, y);
    cairo_line_to(pen_.get(), x2, y);
    cairo_stroke(pen_.get());
  }
  void ground(double x, double y, double width, double height, Colour colour) {
    ink(colour);
    cairo_rectangle(pen_.get(), x, y, width, height);
    cairo_fill(pen_.get());
  }

  void begin_page() {
    ++page_;
    y_ = kTop;
    if (!paper_.frame_.watermark.empty()) watermark();
    if (page_ == 1 || paper_.frame_.head.empty()) return;
    put(text(paper_.frame_.head, 9, kInner), kLeft, kTop - 18, kSoft);
    line(kLeft, kWidth - kRight, kTop - 3, kLine, 0.5);
    y_ += 6;
  }
  void end_page() {
    const double y = kHeight - kBottom + 14;
    line(kLeft, kWidth - kRight, y - 4, kLine, 0.5);
    const Text number =
        text("第 " + std::to_string(page_) + " 页 / 共 " + std::to_string(pages_) + " 页", 8.5, 0);
    put(number, kWidth - kRight - number.width, y, kSoft);
    put(text(paper_.frame_.foot, 8.5, kInner - number.width - 16), kLeft, y, kSoft);
    cairo_show_page(pen_.get());
  }
  // Pale, under the text, over the whole page: it cannot be cut off.
  void watermark() {
    const Text mark = text(paper_.frame_.watermark, 30, 0, true);
    for (double y = 130; y < kHeight; y += 230) {
      cairo_save(pen_.get());
      cairo_translate(pen_.get(), kWidth / 2, y);
      cairo_rotate(pen_.get(), -M_PI / 7);
      put(mark, -mark.width / 2, -mark.height / 2, {0.93, 0.93, 0.93});
      cairo_restore(pen_.get());
    }
  }
  double room() const { return kHeight - kBottom - y_; }
  // True when a new page was begun.
  bool need(double height) {
    if (height <= room()) return false;
    end_page();
    begin_page();
    return true;
  }

  void draw(const Block& block) {
    switch (block.kind) {
      case Block::Kind::title: return title(block);
      case Block::Kind::heading: return heading(block);
      case Block::Kind::facts: return facts(block);
      case Block::Kind::table: return table(block);
      case Block::Kind::notice: return notice(block);
    }
  }
  void title(const Block& block) {
    const Text words = text(block.text, 19, 0, true);
    put(words, kLeft, y_, kBrand);
    const Text beside = text(block.note, 9, kInner - words.width - 20);
    put(beside, kWidth - kRight - beside.width, y_ + words.height - beside.height - 3, kSoft);
    y_ += words.height + 4;
    line(kLeft, kWidth - kRight, y_, kBrand, 1.5);
    y_ += 8;
  }
  void heading(const Block& block) {
    const Text words = text(block.text, 12, 0, true);
    need(words.height + 60);  // not alone at the foot of a page
    y_ += 8;
    put(words, kLeft, y_, kBrand);
    if (!block.note.empty()) {
      const Text note = text(block.note, 8.5, kInner - words.width - 12);
      put(note, kLeft + words.width + 10, y_ + words.height - note.height - 1.5, kSoft);
    }
    y_ += words.height + 3;
  }
  void notice(const Block& block) {
    const Text words = text(block.text, 10, kInner - 16);
    need(words.height + 12);
    if (block.tone == Paper::Tone::danger) ground(kLeft, y_, kInner, words.height + 8, kDangerGround);
    put(words, kLeft + 8, y_ + 4, colour_of(block.tone));
    y_ += words.height + 12;
  }
  // Two facts beside each other; each row is (name, value) of both.
  void facts(const Block& block) {
    constexpr double kName = 62, kHalf = kInner / 2;
    for (size_t i = 0; i < block.rows.size(); i += 2) {
      double height = 0;
      std::vector<std::pair<Text, Text>> pair;
      for (size_t k = i; k < std::min(i + 2, block.rows.size()); ++k) {
        const auto& row = block.rows[k];
        pair.emplace_back(text(row[0].text, 9.5, kName),
                          text(row[1].text, 10, kHalf - kName - 10, row[1].strong));
        height = std::max({height, pair.back().first.height, pair.back().second.height});
      }
      need(height + 5);
      for (size_t k = 0; k < pair.size(); ++k) {
        const double x = kLeft + static_cast<double>(k) * kHalf;
        put(pair[k].first, x, y_ + 0.5, kSoft);
        put(pair[k].second, x + kName, y_, colour_of(block.rows[i + k][1].tone));
      }
      y_ += height + 4;
    }
  }

  void table_head(const Block& block) {
    double x = kLeft, height = 0;
    std::vector<Text> titles;
    for (const auto& column : block.columns) {
      titles.push_back(text(column.title, 9, column.share * kInner - 2 * kPad, true));
      height = std::max(height, titles.back().height);
    }
    ground(kLeft, y_, kInner, height + 5, kHeadGround);
    for (size_t i = 0; i < titles.size(); ++i) {
      put(titles[i], x + kPad, y_ + 2.5, kSoft);
      x += block.columns[i].share * kInner;
    }
    y_ += height + 6;
  }
  void table(const Block& block) {
    table_head(block);
    for (const auto& row : block.rows) {
      double height = 0, x = kLeft;
      std::vector<Text> cells;
      for (size_t i = 0; i < row.size(); ++i) {
        cells.push_back(text(row[i].text, 9.5, block.columns[i].share * kInner - 2 * kPad, row[i].strong));
        height = std::max(height, cells.back().height);
      }
      if (need(height + 5)) table_head(block);
      for (size_t i = 0; i < row.size(); ++i) {
        put(cells[i], x + kPad, y_ + 1.5, colour_of(row[i].tone));
        x += block.columns[i].share * kInner;
      }
      y_ += height + 4;
      line(kLeft, kWidth - kRight, y_ - 0.75, kLine, 0.4);
    }
    y_ += 3;
  }

  const Paper& paper_;
  const int pages_;
  int page_ = 0;
  double y_ = 0;
  Surface surface_;
  Pen pen_;
  std::unique_ptr<PangoContext, void (*)(gpointer)> context_;
  Letters letters_;
};

void Paper::title(std::string text, std::string beside) {
  blocks_.push_back({Block::Kind::title, std::move(text), std::move(beside), Tone::plain, {}, {}});
}
void Paper::heading(std::string text, std::string note) {
  blocks_.push_back({Block::Kind::heading, std::move(text), std::move(note), Tone::plain, {}, {}});
}
void Paper::notice(std::string text, Tone tone) {
  blocks_.push_back({Block::Kind::notice, std::move(text), {}, tone, {}, {}});
}
void Paper::facts(std::vector<std::pair<std::string, Cell>> facts) {
  Block block{Block::Kind::facts, {}, {}, Tone::plain, {}, {}};
  for (auto& [name, value] : facts) block.rows.push_back({Cell(std::move(name)), std::move(value)});
  blocks_.push_back(std::move(block));
}
void Paper::table(std::vector<Column> columns, std::vector<std::vector<Cell>> rows) {
  blocks_.push_back({Block::Kind::table, {}, {}, Tone::plain, std::move(columns), std::move(rows)});
}

std::string Paper::pdf() const {
  std::string counted, out;
  const int pages = PaperPress(*this, 1, counted).run();
  PaperPress(*this, pages, out).run();
  return out;
}

}  // namespace witmed::services
