// From a decimal number to the nearest double.
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const double POWERS_OF_TEN[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

enum { LEAST_EXPONENT = -27, LARGEST_EXPONENT = 55 };

// The leading 128 bits of 5^q, high half first, for q from -27 to 55: rounded up for q < 0, cut off
// for q >= 0. For these exponents 128 bits decide every rounding of a 64-bit significand.
static const uint64_t POWERS_OF_FIVE[][2] = {
    {0x9E74D1B791E07E48, 0x775EA264CF55347E},
    {0xC612062576589DDA, 0x95364AFE032A819E},
    {0xF79687AED3EEC551, 0x3A83DDBD83F52205},
    {0x9ABE14CD44753B52, 0xC4926A9672793543},
    {0xC16D9A0095928A27, 0x75B7053C0F178294},
    {0xF1C90080BAF72CB1, 0x5324C68B12DD6339},
    {0x971DA05074DA7BEE, 0xD3F6FC16EBCA5E04},
    {0xBCE5086492111AEA, 0x88F4BB1CA6BCF585},
    {0xEC1E4A7DB69561A5, 0x2B31E9E3D06C32E6},
    {0x9392EE8E921D5D07, 0x3AFF322E62439FD0},
    {0xB877AA3236A4B449, 0x09BEFEB9FAD487C3},
    {0xE69594BEC44DE15B, 0x4C2EBE687989A9B4},
    {0x901D7CF73AB0ACD9, 0x0F9D37014BF60A11},
    {0xB424DC35095CD80F, 0x538484C19EF38C95},
    {0xE12E13424BB40E13, 0x2865A5F206B06FBA},
    {0x8CBCCC096F5088CB, 0xF93F87B7442E45D4},
    {0xAFEBFF0BCB24AAFE, 0xF78F69A51539D749},
    {0xDBE6FECEBDEDD5BE, 0xB573440E5A884D1C},
    {0x89705F4136B4A597, 0x31680A88F8953031},
    {0xABCC77118461CEFC, 0xFDC20D2B36BA7C3E},
    {0xD6BF94D5E57A42BC, 0x3D32907604691B4D},
    {0x8637BD05AF6C69B5, 0xA63F9A49C2C1B110},
    {0xA7C5AC471B478423, 0x0FCF80DC33721D54},
    {0xD1B71758E219652B, 0xD3C36113404EA4A9},
    {0x83126E978D4FDF3B, 0x645A1CAC083126EA},
    {0xA3D70A3D70A3D70A, 0x3D70A3D70A3D70A4},
    {0xCCCCCCCCCCCCCCCC, 0xCCCCCCCCCCCCCCCD},
    {0x8000000000000000, 0x0000000000000000},
    {0xA000000000000000, 0x0000000000000000},
    {0xC800000000000000, 0x0000000000000000},
    {0xFA00000000000000, 0x0000000000000000},
    {0x9C40000000000000, 0x0000000000000000},
    {0xC350000000000000, 0x0000000000000000},
    {0xF424000000000000, 0x0000000000000000},
    {0x9896800000000000, 0x0000000000000000},
    {0xBEBC200000000000, 0x0000000000000000},
    {0xEE6B280000000000, 0x0000000000000000},
    {0x9502F90000000000, 0x0000000000000000},
    {0xBA43B74000000000, 0x0000000000000000},
    {0xE8D4A51000000000, 0x0000000000000000},
    {0x9184E72A00000000, 0x0000000000000000},
    {0xB5E620F480000000, 0x0000000000000000},
    {0xE35FA931A0000000, 0x0000000000000000},
    {0x8E1BC9BF04000000, 0x0000000000000000},
    {0xB1A2BC2EC5000000, 0x0000000000000000},
    {0xDE0B6B3A76400000, 0x0000000000000000},
    {0x8AC7230489E80000, 0x0000000000000000},
    {0xAD78EBC5AC620000, 0x0000000000000000},
    {0xD8D726B7177A8000, 0x0000000000000000},
    {0x878678326EAC9000, 0x0000000000000000},
    {0xA968163F0A57B400, 0x0000000000000000},
    {0xD3C21BCECCEDA100, 0x0000000000000000},
    {0x84595161401484A0, 0x0000000000000000},
    {0xA56FA5B99019A5C8, 0x0000000000000000},
    {0xCECB8F27F4200F3A, 0x0000000000000000},
    {0x813F3978F8940984, 0x4000000000000000},
    {0xA18F07D736B90BE5, 0x5000000000000000},
    {0xC9F2C9CD04674EDE, 0xA400000000000000},
    {0xFC6F7C4045812296, 0x4D00000000000000},
    {0x9DC5ADA82B70B59D, 0xF020000000000000},
    {0xC5371912364CE305, 0x6C28000000000000},
    {0xF684DF56C3E01BC6, 0xC732000000000000},
    {0x9A130B963A6C115C, 0x3C7F400000000000},
    {0xC097CE7BC90715B3, 0x4B9F100000000000},
    {0xF0BDC21ABB48DB20, 0x1E86D40000000000},
    {0x96769950B50D88F4, 0x1314448000000000},
    {0xBC143FA4E250EB31, 0x17D955A000000000},
    {0xEB194F8E1AE525FD, 0x5DCFAB0800000000},
    {0x92EFD1B8D0CF37BE, 0x5AA1CAE500000000},
    {0xB7ABC627050305AD, 0xF14A3D9E40000000},
    {0xE596B7B0C643C719, 0x6D9CCD05D0000000},
    {0x8F7E32CE7BEA5C6F, 0xE4820023A2000000},
    {0xB35DBF821AE4F38B, 0xDDA2802C8A800000},
    {0xE0352F62A19E306E, 0xD50B2037AD200000},
    {0x8C213D9DA502DE45, 0x4526F422CC340000},
    {0xAF298D050E4395D6, 0x9670B12B7F410000},
    {0xDAF3F04651D47B4C, 0x3C0CDD765F114000},
    {0x88D8762BF324CD0F, 0xA5880A69FB6AC800},
    {0xAB0E93B6EFEE0053, 0x8EEA0D047A457A00},
    {0xD5D238A4ABE98068, 0x72A4904598D6D880},
    {0x85A36366EB71F041, 0x47A6DA2B7F864750},
    {0xA70C3C40A64E6C51, 0x999090B65F67D924},
    {0xD0CF4B50CFE20765, 0xFFF4B4E3F741CF6D},
};

// The double nearest to digits * 10^exponent, ties to even. `digits` is not 0, the exponent one of
// those above.
//
// Source: Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51
// (2021), section 5; the algorithm is by Eisel.
static inline double drift_nearest_double(uint64_t digits, int exponent) {
  const uint64_t *power = POWERS_OF_FIVE[exponent - LEAST_EXPONENT];
  const int zeros = __builtin_clzll(digits);
  const uint64_t significand = digits << zeros;
  const unsigned __int128 product = (unsigned __int128)significand * power[0];
  uint64_t high = (uint64_t)(product >> 64);
  uint64_t low = (uint64_t)product;
  if ((high & 0x1FF) == 0x1FF) {  // the lower half of the power may carry into the bits kept
    uint64_t more = (uint64_t)(((unsigned __int128)significand * power[1]) >> 64);
    low += more;
    high += low < more;
  }
  const int top = (int)(high >> 63);
  const int shift = top + 64 - 52 - 3;
  uint64_t mantissa = high >> shift;
  // floor(exponent * log2(10)) + 63, for the exponents here.
  int binary = ((217706 * exponent) >> 16) + 63 + top - zeros + 1023;
  // Exactly between two doubles: only where 5^|q| fits into 64 bits.
  if (low <= 1 && exponent >= -4 && exponent <= 23 && (mantissa & 3) == 1 &&
      mantissa << shift == high) {
    mantissa &= ~(uint64_t)1;
  }
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= (uint64_t)1 << 53) {
    mantissa = (uint64_t)1 << 52;
    binary++;
  }
  uint64_t bits = (mantissa & ~((uint64_t)1 << 52)) | (uint64_t)binary << 52;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// The double nearest to digits * 10^exponent.
//
// Integers up to 2^53 and powers of ten up to 10^22 are doubles, so that one operation gives the
// correctly rounded result (Clinger, "How to read floating point numbers accurately", 1990).
static inline double drift_scale(uint64_t digits, int exponent) {
  if (digits <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22) {
    double value = (double)(int64_t)digits;
    return exponent < 0 ? value / POWERS_OF_TEN[-exponent] : value * POWERS_OF_TEN[exponent];
  }
  return drift_nearest_double(digits, exponent);
}

// The number of eight digits, the first in the lowest byte; at least 10^8 when one is no digit.
static inline uint64_t drift_eight_digits(uint64_t word) {
  uint64_t digits = word - 0x3030303030303030;
  // The sums reach the top bit of a byte for anything beyond '9', the differences below '0'.
  if (((word + 0x4646464646464646) | digits) & 0x8080808080808080) return UINT64_MAX;
  digits = digits * 10 + (digits >> 8);
  const uint64_t pairs = 0x000000FF000000FF;
  return (((digits & pairs) * (100 + ((uint64_t)1000000 << 32)) +
           ((digits >> 16) & pairs) * (1 + ((uint64_t)10000 << 32))) >> 32) & UINT32_MAX;
}

// Appends the digits at `text` to *digits, and gives the first byte that is none.
static inline const uint8_t *drift_take_digits(const uint8_t *text, const uint8_t *end,
                                               uint64_t *digits) {
  uint64_t all = *digits;
  while (end - text >= 8) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t eight = drift_eight_digits(word);
    if (eight == UINT64_MAX) break;
    all = all * 100000000 + eight;
    text += 8;
  }
  while (text < end && (uint8_t)(*text - '0') <= 9) all = all * 10 + (uint8_t)(*text++ - '0');
  *digits = all;
  return text;
}

// The number that the text spells, when it has at most 19 digits behind leading zeros and a
// moderate exponent; false for any other text.
static inline bool drift_parse_decimal(const uint8_t *text, size_t count, uint8_t decimal_point,
                                       double *value) {
  const uint8_t *const end = text + count;
  const bool is_negative = count > 0 && *text == '-';
  if (count > 0 && (*text == '-' || *text == '+')) text++;
  const uint8_t *const start = text;
  while (text < end && *text == '0') text++;
  const uint8_t *first = text;
  uint64_t digits = 0;
  text = drift_take_digits(text, end, &digits);
  ptrdiff_t digit_count = text - first;
  bool has_digits = text > start;
  ptrdiff_t exponent = 0;
  if (text < end && *text == decimal_point) {
    const uint8_t *const point = ++text;
    if (digit_count == 0) {
      while (text < end && *text == '0') text++;
    }
    first = text;
    text = drift_take_digits(text, end, &digits);
    digit_count += text - first;
    exponent = point - text;
    has_digits |= text > point;
  }
  if (!has_digits || digit_count > 19) return false;
  if (text < end && (*text | 0x20) == 'e') {
    text++;
    const bool is_small = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+')) text++;
    if (end - text < 1 || end - text > 3) return false;
    uint64_t written = 0;
    text = drift_take_digits(text, end, &written);
    exponent += is_small ? -(ptrdiff_t)written : (ptrdiff_t)written;
  }
  if (text != end) return false;
  if (digits == 0) {
    *value = is_negative ? -0.0 : 0.0;
    return true;
  }
  if (exponent < LEAST_EXPONENT || exponent > LARGEST_EXPONENT) return false;
  double size = drift_scale(digits, (int)exponent);
  *value = is_negative ? -size : size;
  return true;
}

#endif
