// Included once for each instruction set, with LEVEL(name) and HAS_VECTORS set.

// Which bytes of 64 are what, one bit a byte.
typedef struct LEVEL(masks) {
  uint64_t delimiter, line_feed, carriage_return, quote, nul;
} LEVEL(masks);

#if HAS_VECTORS

static inline uint64_t LEVEL(mask)(__m256i low, __m256i high, char byte) {
  const __m256i wanted = _mm256_set1_epi8(byte);
  uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return first | (uint64_t)second << 32;
}

// All bytes so far, put together by "or".
typedef __m256i LEVEL(all_bytes);

static inline LEVEL(all_bytes) LEVEL(no_bytes)(void) { return _mm256_setzero_si256(); }

static inline bool LEVEL(has_high)(LEVEL(all_bytes) all) { return _mm256_movemask_epi8(all) != 0; }

static inline LEVEL(masks) LEVEL(classify)(const uint8_t *text, uint8_t delimiter, bool has_quotes,
                                           LEVEL(all_bytes) *all) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)text);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(text + 32));
  *all = _mm256_or_si256(*all, _mm256_or_si256(low, high));
  return (LEVEL(masks)){
      .delimiter = LEVEL(mask)(low, high, (char)delimiter),
      .line_feed = LEVEL(mask)(low, high, '\n'),
      .carriage_return = LEVEL(mask)(low, high, '\r'),
      .quote = has_quotes ? LEVEL(mask)(low, high, '"') : 0,
      .nul = LEVEL(mask)(low, high, 0),
  };
}

#else

// Bit i is set when byte i of the word is `byte`.
static inline uint64_t LEVEL(mask)(uint64_t word, uint8_t byte) {
  const uint64_t low7 = 0x7F7F7F7F7F7F7F7F;
  uint64_t other = word ^ (UINT64_C(0x0101010101010101) * byte);
  uint64_t equal = ~(((other & low7) + low7) | other | low7);  // the top bit of equal bytes
  return ((equal >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

typedef uint64_t LEVEL(all_bytes);

static inline LEVEL(all_bytes) LEVEL(no_bytes)(void) { return 0; }

static inline bool LEVEL(has_high)(LEVEL(all_bytes) all) {
  return (all & UINT64_C(0x8080808080808080)) != 0;
}

static inline LEVEL(masks) LEVEL(classify)(const uint8_t *text, uint8_t delimiter, bool has_quotes,
                                           LEVEL(all_bytes) *all) {
  LEVEL(masks) masks = {0};
  for (int i = 0; i < 64; i += 8) {
    uint64_t word;
    memcpy(&word, text + i, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    *all |= word;
    masks.delimiter |= LEVEL(mask)(word, delimiter) << i;
    masks.line_feed |= LEVEL(mask)(word, '\n') << i;
    masks.carriage_return |= LEVEL(mask)(word, '\r') << i;
    if (has_quotes) masks.quote |= LEVEL(mask)(word, '"') << i;
    masks.nul |= LEVEL(mask)(word, 0) << i;
  }
  return masks;
}

#endif

// Whether each byte is inside of quotes: the number of quotes up to and with it is odd.
static inline uint64_t LEVEL(prefix_xor)(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// Appends the places of the bits; writes up to 64 places in any case.
static inline size_t LEVEL(append_places)(uint64_t bits, uint32_t offset, uint32_t *positions) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = 0; i < 8; i++) {  // the order of bits costs more than those too many
      positions[done + i] = offset + (bits ? (uint32_t)__builtin_ctzll(bits) : 0);
      bits &= bits - 1;
    }
  }
  return count;
}

static inline drift_separators LEVEL(scan)(const uint8_t *text, size_t count, uint8_t delimiter,
                                           bool has_quotes, uint32_t *positions) {
  drift_separators result = {0};
  uint64_t unusual = 0;
  LEVEL(all_bytes) all = LEVEL(no_bytes)();
  // Of the byte before the block, as bit 0: is a CR, a closing quote, is one that a quote may
  // follow. All bits: is in quotes.
  uint64_t after_cr = 0, after_close = 0, may_open = 1, in_quotes = 0;
  for (size_t i = 0; i < count; i += 64) {
    LEVEL(masks) masks = LEVEL(classify)(text + i, delimiter, has_quotes, &all);
    const uint64_t valid = count - i >= 64 ? UINT64_MAX : ((uint64_t)1 << (count - i)) - 1;
    const uint64_t feeds = masks.line_feed & valid;
    uint64_t separators = (masks.delimiter | masks.line_feed) & valid;
    unusual |= masks.nul & valid;
    unusual |= (masks.carriage_return << 1 | after_cr) & ~masks.line_feed & valid;
    after_cr = masks.carriage_return >> 63;
    result.lines += (size_t)__builtin_popcountll(feeds);
    if (has_quotes) {
      const uint64_t quotes = masks.quote & valid;
      const uint64_t inside = LEVEL(prefix_xor)(quotes) ^ in_quotes;
      const uint64_t opening = quotes & inside;
      const uint64_t closing = quotes & ~inside;
      const uint64_t ends = separators | quotes;
      unusual |= opening & ~(ends << 1 | may_open);
      unusual |= (closing << 1 | after_close) & ~(ends | masks.carriage_return) & valid;
      may_open = ends >> 63;
      after_close = closing >> 63;
      in_quotes = (uint64_t)((int64_t)inside >> 63);
      separators &= ~inside;
    }
    result.breaks += (size_t)__builtin_popcountll(feeds & separators);
    result.count += LEVEL(append_places)(separators, (uint32_t)i, positions + result.count);
  }
  // The last byte is a line feed, so a CR or a closing quote there was followed by one.
  result.is_plain = unusual == 0 && in_quotes == 0;
  result.may_have_high = LEVEL(has_high)(all);
  return result;
}

static drift_separators LEVEL(find_separators)(const uint8_t *text, size_t count,
                                               uint8_t delimiter, bool has_quotes,
                                               uint32_t *positions) {
  return has_quotes ? LEVEL(scan)(text, count, delimiter, true, positions)
                    : LEVEL(scan)(text, count, delimiter, false, positions);
}

#if HAS_VECTORS

// A decimal of up to 32 bytes behind its sign, up to 20 digits behind leading zeros, without an
// exponent; false for any other text. `length` is not 0.
static inline bool LEVEL(parse)(const uint8_t *end, size_t length, uint8_t point, double *value) {
  const uint8_t sign = *(end - length);
  const size_t count = length - (sign == '-' || sign == '+');
  if (count - 1 > 31) return false;
  // The 32 bytes up to the end, and those up to the last but one: where the digits in front of the
  // point go. Bytes before the number count as zeros.
  const __m256i zeros = _mm256_set1_epi8('0');
  const __m256i number = _mm256_loadu_si256((const __m256i *)(NUMBER_MASKS + count));
  const __m256i shifted_number = _mm256_loadu_si256((const __m256i *)(NUMBER_MASKS + count - 1));
  const __m256i bytes = _mm256_loadu_si256((const __m256i *)(end - 32));
  const __m256i shifted = _mm256_loadu_si256((const __m256i *)(end - 33));
  const __m256i digits = _mm256_and_si256(_mm256_sub_epi8(bytes, zeros), number);
  const __m256i shifted_digits =
      _mm256_and_si256(_mm256_sub_epi8(shifted, zeros), shifted_number);
  const __m256i others =
      _mm256_cmpeq_epi8(_mm256_max_epu8(digits, _mm256_set1_epi8(10)), digits);
  const uint32_t other = (uint32_t)_mm256_movemask_epi8(others);
  const uint32_t points =
      (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)point)));
  // At most one byte that is no digit, and that a point; not a point alone.
  if (((other & ~points) | (other & (other - 1))) != 0) return false;
  if (count == 1 && other != 0) return false;
  // 32 without a point, which then is no fraction either.
  const uint32_t behind = other != 0 ? (uint32_t)__builtin_clz(other) : 32;
  const __m256i fraction = _mm256_loadu_si256((const __m256i *)(NUMBER_MASKS + behind));
  const __m256i all = _mm256_blendv_epi8(shifted_digits, digits, fraction);
  const __m256i pairs = _mm256_maddubs_epi16(all, _mm256_set1_epi16(0x010A));
  const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
  const __m256i packed = _mm256_packus_epi32(fours, fours);
  const __m256i eights = _mm256_madd_epi16(packed, _mm256_set1_epi32(0x00012710));
  const uint64_t upper = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(eights));
  const uint64_t lower = (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(eights, 1));
  uint64_t mantissa = (lower & UINT32_MAX) * 100000000 + (lower >> 32);
  const uint32_t places = behind & 31;
  if (upper != 0) {
    // The 16 digits in front: 1843 * 10^16 + 10^16 - 1 is below 2^64.
    if ((upper & UINT32_MAX) != 0 || upper >> 32 > 1843) return false;
    mantissa += (upper >> 32) * 10000000000000000;
  }
  double result;
  if (mantissa <= (uint64_t)1 << 53 && places <= 22) {
    result = (double)(int64_t)mantissa / POWERS_OF_TEN[places];
  } else {
    if (places > -LEAST_EXPONENT || mantissa == 0) return false;
    result = drift_nearest_double(mantissa, -(int)places);
  }
  uint64_t bits;
  memcpy(&bits, &result, sizeof bits);
  bits |= (uint64_t)(sign == '-') << 63;
  memcpy(value, &bits, sizeof bits);
  return true;
}

#else

static inline bool LEVEL(parse)(const uint8_t *end, size_t length, uint8_t point, double *value) {
  return drift_parse_decimal(end - length, length, point, value);
}

#endif

// The other numbers: with an exponent, or in quotes.
static __attribute__((noinline)) bool LEVEL(parse_rare)(const uint8_t *begin, size_t length,
                                                        uint8_t point, double *value) {
  if (length > 2 && *begin == '"' && begin[length - 1] == '"') {
    begin++;
    length -= 2;
    if (LEVEL(parse)(begin + length, length, point, value)) return true;
  }
  return drift_parse_decimal(begin, length, point, value);
}

// Converts the cell that ends at `end`; false when it is odd.
static inline bool LEVEL(convert)(const uint8_t *end, size_t length, size_t row,
                                  drift_number_column *column, const double *sentinels,
                                  size_t sentinel_count, uint8_t point) {
  double value;
  if (length == 0) {
    column->missing++;
    value = __builtin_nan("");
  } else {
    if (!LEVEL(parse)(end, length, point, &value) &&
        !LEVEL(parse_rare)(end - length, length, point, &value)) {
      return false;
    }
    if (is_sentinel(value, sentinels, sentinel_count)) return false;
  }
  column->values[row] = value;
  return true;
}

// Made once for each point.
static inline __attribute__((always_inline)) size_t LEVEL(convert_rows)(
    drift_rows rows, size_t first, size_t end, drift_number_column *columns, size_t column_count,
    const double *sentinels, size_t sentinel_count, uint8_t point, drift_odd_cell *odd) {
  size_t odd_count = 0;
  // Only the last cell of a row may have a CR behind it.
  const bool has_last = column_count > 0 && columns[column_count - 1].index + 1 == rows.columns;
  const size_t inner_count = column_count - has_last;
  for (size_t row = first; row < end; row++) {
    const uint32_t *positions = rows.positions + rows.first[row];
    for (size_t i = 0; i < inner_count; i++) {
      const uint32_t *position = positions + columns[i].index;
      const size_t length = position[0] - (position[-1] + 1);
      if (!LEVEL(convert)(rows.text + position[0], length, row, columns + i, sentinels,
                          sentinel_count, point)) {
        odd[odd_count++] = (drift_odd_cell){(uint32_t)row, (uint32_t)i};
      }
    }
    if (has_last) {
      drift_bounds bounds = drift_cell_bounds(rows, row, rows.columns - 1);
      if (!LEVEL(convert)(rows.text + bounds.end, bounds.end - bounds.begin, row,
                          columns + inner_count, sentinels, sentinel_count, point)) {
        odd[odd_count++] = (drift_odd_cell){(uint32_t)row, (uint32_t)inner_count};
      }
    }
  }
  return odd_count;
}

static size_t LEVEL(convert_numbers)(drift_rows rows, size_t first, size_t end,
                                     drift_number_column *columns, size_t column_count,
                                     const double *sentinels, size_t sentinel_count,
                                     uint8_t point, drift_odd_cell *odd) {
  if (point == '.') {
    return LEVEL(convert_rows)(rows, first, end, columns, column_count, sentinels, sentinel_count,
                               '.', odd);
  }
  return LEVEL(convert_rows)(rows, first, end, columns, column_count, sentinels, sentinel_count,
                             point, odd);
}

static bool LEVEL(convert_number)(const uint8_t *text, size_t count, double *value) {
  if (count == 0) return false;
  return LEVEL(parse)(text + count, count, '.', value) ||
         LEVEL(parse_rare)(text, count, '.', value);
}

static const text_kernels LEVEL(kernels) = {
    LEVEL(find_separators),
    LEVEL(convert_numbers),
    LEVEL(convert_number),
};
