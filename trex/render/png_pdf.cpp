// A drawing as PNG and PDF: its SVG, drawn by librsvg and cairo.
//
// The libraries are loaded when the first picture is made, not linked: librsvg brings some fifty
// others, 10 ms of every start that no other command should pay. Their headers say what each
// function is, so a changed interface fails to compile.

// SPDX-License-Identifier: Apache-2.0
#include <cairo-pdf.h>
#include <cairo.h>
#include <dlfcn.h>
#include <gio/gio.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "trex/base/error.hpp"
#include "trex/render/pictures.hpp"

namespace trex::render {
namespace {

// cairo takes 32 767 pixels a side; 64 million of them are 256 MiB.
constexpr double most_pixels_a_side = 30000, most_pixels = 64e6;
// What PDF readers show: 200 inches.
constexpr double most_points_a_side = 14400;
constexpr double points_a_pixel = 0.75;  // 72 against CSS's 96 an inch

// The functions used, found in librsvg and what it stands on.
struct Library {
  Library() {
    handle = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      fail(
          "png and pdf need librsvg, which is not installed; on Debian: apt-get install "
          "librsvg2-2 (svg needs nothing)");
    }
    load(memory_stream, "g_memory_input_stream_new_from_data");
    load(read, "rsvg_handle_new_from_stream_sync");
    load(set_dpi, "rsvg_handle_set_dpi");
    load(size, "rsvg_handle_get_intrinsic_size_in_pixels");
    load(render, "rsvg_handle_render_document");
    load(unref, "g_object_unref");
    load(image, "cairo_image_surface_create");
    load(pdf, "cairo_pdf_surface_create_for_stream");
    load(pdf_metadata, "cairo_pdf_surface_set_metadata");
    load(surface_status, "cairo_surface_status");
    load(write_png, "cairo_surface_write_to_png_stream");
    load(finish, "cairo_surface_finish");
    load(destroy_surface, "cairo_surface_destroy");
    load(create, "cairo_create");
    load(destroy, "cairo_destroy");
  }

  template <class Function>
  void load(Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(dlsym(handle, name));
    if (function == nullptr) fail("librsvg has no {}: a version that trex does not know", name);
  }

  void* handle = nullptr;
  decltype(g_memory_input_stream_new_from_data)* memory_stream;
  decltype(rsvg_handle_new_from_stream_sync)* read;
  decltype(rsvg_handle_set_dpi)* set_dpi;
  decltype(rsvg_handle_get_intrinsic_size_in_pixels)* size;
  decltype(rsvg_handle_render_document)* render;
  void (*unref)(void*);
  decltype(cairo_image_surface_create)* image;
  decltype(cairo_pdf_surface_create_for_stream)* pdf;
  decltype(cairo_pdf_surface_set_metadata)* pdf_metadata;
  decltype(cairo_surface_status)* surface_status;
  decltype(cairo_surface_write_to_png_stream)* write_png;
  decltype(cairo_surface_finish)* finish;
  decltype(cairo_surface_destroy)* destroy_surface;
  decltype(cairo_create)* create;
  decltype(cairo_destroy)* destroy;
};

const Library& library() {
  static const Library loaded;
  return loaded;
}

cairo_status_t append(void* out, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// The SVG, read by librsvg.
class Page {
 public:
  Page(const Drawing& drawing, PictureStyle style) {
    style.hover = false;
    if (style.theme == Theme::automatic) style.theme = Theme::light;
    const std::string text = svg(drawing, style);
    GInputStream* stream =
        lib_.memory_stream(text.data(), static_cast<gssize>(text.size()), nullptr);
    handle_.reset(lib_.read(stream, nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, nullptr));
    lib_.unref(stream);
    if (handle_) lib_.set_dpi(handle_.get(), 96);
    if (!handle_ || lib_.size(handle_.get(), &width, &height) == FALSE) {
      fail("librsvg could not read the drawing; write svg and convert that");
    }
  }

  // Draws it over a surface of that size, then gives the surface away.
  void draw(cairo_surface_t* surface, double to_width, double to_height) const {
    cairo_t* context = lib_.create(surface);
    const RsvgRectangle whole{0, 0, to_width, to_height};
    const gboolean drawn = lib_.render(handle_.get(), context, &whole, nullptr);
    lib_.destroy(context);
    if (drawn == FALSE) {
      lib_.destroy_surface(surface);
      fail("librsvg could not draw the picture; write svg and convert that");
    }
  }

  double width = 0, height = 0;

 private:
  struct Unref {
    void operator()(RsvgHandle* handle) const { library().unref(handle); }
  };
  const Library& lib_ = library();
  std::unique_ptr<RsvgHandle, Unref> handle_;
};

}  // namespace

std::string png(const Drawing& drawing, const PictureStyle& style) {
  const Library& lib = library();
  const Page page(drawing, style);
  const double scale = std::min({style.scale, std::sqrt(most_pixels / (page.width * page.height)),
                                 most_pixels_a_side / std::max(page.width, page.height)});
  const double width = std::max(1.0, std::floor(page.width * scale));
  const double height = std::max(1.0, std::floor(page.height * scale));
  cairo_surface_t* surface =
      lib.image(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height));
  if (lib.surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    lib.destroy_surface(surface);
    fail("no memory for a picture of {} x {} pixels; give a smaller --scale", width, height);
  }
  page.draw(surface, width, height);
  std::string out;
  lib.write_png(surface, append, &out);
  lib.destroy_surface(surface);
  return out;
}

std::string pdf(const Drawing& drawing, const PictureStyle& style) {
  const Library& lib = library();
  const Page page(drawing, style);
  const double scale =
      std::min(points_a_pixel, most_points_a_side / std::max(page.width, page.height));
  const double width = page.width * scale, height = page.height * scale;
  std::string out;
  cairo_surface_t* surface = lib.pdf(append, &out, width, height);
  lib.pdf_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");  // same input, same bytes
  lib.pdf_metadata(surface, CAIRO_PDF_METADATA_TITLE, drawing.title.c_str());
  page.draw(surface, width, height);
  lib.finish(surface);
  lib.destroy_surface(surface);
  return out;
}

}  // namespace trex::render
