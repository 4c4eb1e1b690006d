// A printed document on A4: headings, facts, tables, notices, flowing over pages that carry a head, a foot
// with "第 1 页 / 共 3 页", and a watermark where one is asked for. Text in Noto CJK through cairo and pango.
//
// A character that no installed font can draw stands as its code point, 〔U+2B5AF〕: a name is never silently
// shortened.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace witmed::services {

struct PaperFrame {
  std::string title;      // of the document, also in its metadata
  std::string head;       // upper edge, from the second page on: whose it is
  std::string foot;       // lower edge, left
  std::string watermark;  // empty = none
};

class Paper {
 public:
  enum class Tone { plain, quiet, danger };
  struct Column {
    std::string title;
    double share;  // of the width; the shares add up to 1
  };
  struct Cell {
    std::string text;
    Tone tone = Tone::plain;
    bool strong = false;
    Cell(std::string text = {}, Tone tone = Tone::plain, bool strong = false)
        : text(std::move(text)), tone(tone), strong(strong) {}
    Cell(const char* text) : text(text) {}
  };

  explicit Paper(PaperFrame frame) : frame_(std::move(frame)) {}
  void title(std::string text, std::string beside);
  void heading(std::string text, std::string note = {});
  void facts(std::vector<std::pair<std::string, Cell>> facts);  // name and value, two beside each other
  void table(std::vector<Column> columns, std::vector<std::vector<Cell>> rows);
  void notice(std::string text, Tone tone);

  std::string pdf() const;  // throws Failure when cairo cannot write

 private:
  struct Block {
    enum class Kind { title, heading, facts, table, notice } kind;
    std::string text, note;
    Tone tone = Tone::plain;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
  };
  friend class PaperPress;
  PaperFrame frame_;
  std::vector<Block> blocks_;
};

}  // namespace witmed::services
