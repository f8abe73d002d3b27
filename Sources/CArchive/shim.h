#ifndef CARCHIVE_SHIM_H
#define CARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <string.h>
// The libraries that libarchive itself decodes with. Alone they say what it does not: where a stream ends, whether its
// checksum holds, and what came before the damage.
#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
// AE_IFREG and AE_IFDIR are macros with casts, which Swift does not import.
static inline int carchive_is_file(struct archive_entry *entry) { return archive_entry_filetype(entry) == AE_IFREG; }
static inline int carchive_is_directory(struct archive_entry *entry) { return archive_entry_filetype(entry) == AE_IFDIR; }

// One decoder for three libraries that name the same things differently. Their initialisers are macros.
enum { CARCHIVE_GZIP, CARCHIVE_BZIP2, CARCHIVE_XZ };
enum { CARCHIVE_MORE, CARCHIVE_END, CARCHIVE_DAMAGED, CARCHIVE_MISMATCH, CARCHIVE_NO_MEMORY };
typedef struct {
  int format;
  z_stream gzip;
  bz_stream bzip2;
  lzma_stream xz;
} carchive_decoder;

static inline int carchive_decoder_open(carchive_decoder *decoder, int format) {
  memset(decoder, 0, sizeof *decoder);
  decoder->format = format;
  switch (format) {
    case CARCHIVE_GZIP: return inflateInit2(&decoder->gzip, 15 + 16) == Z_OK;
    case CARCHIVE_BZIP2: return BZ2_bzDecompressInit(&decoder->bzip2, 0, 0) == BZ_OK;
    // As libarchive bounds it.
    default: return lzma_stream_decoder(&decoder->xz, UINT64_C(1) << 30, 0) == LZMA_OK;
  }
}

static inline void carchive_decoder_close(carchive_decoder *decoder) {
  switch (decoder->format) {
    case CARCHIVE_GZIP: inflateEnd(&decoder->gzip); break;
    case CARCHIVE_BZIP2: BZ2_bzDecompressEnd(&decoder->bzip2); break;
    default: lzma_end(&decoder->xz); break;
  }
}

// Sets the counts to what was taken and made; what was made is good even when the answer is damage.
static inline int carchive_decoder_step(
    carchive_decoder *decoder, const uint8_t *in, size_t *in_count, uint8_t *out, size_t *out_count) {
  const unsigned in_size = *in_count > (1u << 30) ? (1u << 30) : (unsigned)*in_count;
  const unsigned out_size = *out_count > (1u << 30) ? (1u << 30) : (unsigned)*out_count;
  int result;
  switch (decoder->format) {
    case CARCHIVE_GZIP:
      decoder->gzip.next_in = (Bytef *)in;
      decoder->gzip.avail_in = in_size;
      decoder->gzip.next_out = out;
      decoder->gzip.avail_out = out_size;
      result = inflate(&decoder->gzip, Z_NO_FLUSH);
      *in_count = in_size - decoder->gzip.avail_in;
      *out_count = out_size - decoder->gzip.avail_out;
      if (result == Z_STREAM_END) return CARCHIVE_END;
      if (result == Z_OK || result == Z_BUF_ERROR) return CARCHIVE_MORE;
      if (result == Z_MEM_ERROR) return CARCHIVE_NO_MEMORY;
      return decoder->gzip.msg && (!strcmp(decoder->gzip.msg, "incorrect data check")
                                   || !strcmp(decoder->gzip.msg, "incorrect length check"))
        ? CARCHIVE_MISMATCH : CARCHIVE_DAMAGED;
    case CARCHIVE_BZIP2:
      decoder->bzip2.next_in = (char *)in;
      decoder->bzip2.avail_in = in_size;
      decoder->bzip2.next_out = (char *)out;
      decoder->bzip2.avail_out = out_size;
      result = BZ2_bzDecompress(&decoder->bzip2);
      *in_count = in_size - decoder->bzip2.avail_in;
      *out_count = out_size - decoder->bzip2.avail_out;
      if (result == BZ_STREAM_END) return CARCHIVE_END;
      if (result == BZ_OK) return CARCHIVE_MORE;
      return result == BZ_MEM_ERROR ? CARCHIVE_NO_MEMORY : CARCHIVE_DAMAGED;
    default:
      decoder->xz.next_in = in;
      decoder->xz.avail_in = in_size;
      decoder->xz.next_out = out;
      decoder->xz.avail_out = out_size;
      result = lzma_code(&decoder->xz, LZMA_RUN);
      *in_count = in_size - decoder->xz.avail_in;
      *out_count = out_size - decoder->xz.avail_out;
      if (result == LZMA_STREAM_END) return CARCHIVE_END;
      if (result == LZMA_OK || result == LZMA_BUF_ERROR) return CARCHIVE_MORE;
      return result == LZMA_MEM_ERROR || result == LZMA_MEMLIMIT_ERROR ? CARCHIVE_NO_MEMORY : CARCHIVE_DAMAGED;
  }
}
#endif
