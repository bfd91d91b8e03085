// Sums over subsets of rows and columns by table look-up.

enum {
  GROUP = 4,               // rows that share a table
  SUBSETS = 1 << GROUP,    // entries of a table
  SLICE = 32,              // rows and columns that are taken at a time
  PIECES = SLICE / WIDTH,  // registers of a slice
  GROUPS = SLICE / GROUP,
  ENTRY_BYTES = SLICE * 4,
  TABLE_BYTES = SUBSETS * ENTRY_BYTES
};
_Static_assert(GROUPS * TABLE_BYTES == DRIFT_LOOKUP_TABLE_BYTES, "size of the table");
// A lane takes PIECES columns of a slice and all slices of a block; a value is below 5/8.
_Static_assert(DRIFT_LOOKUP_BLOCKS * (DRIFT_BLOCK / WIDTH) * DRIFT_BLOCK * 5ll <<
                       (DRIFT_PRODUCT_BITS_F32 - 3) <= INT32_MAX,
               "lanes could overflow");

// The subset sums of each group of rows: entry e holds the rows of the bits of e.
static void lookup_table(const int32_t *values, int32_t *table) {
  for (int32_t group = 0; group < GROUPS; group++) {
    int32_t *sums = table + group * (TABLE_BYTES / 4);
    memset(sums, 0, ENTRY_BYTES);
    for (int32_t row = 0; row < GROUP; row++) {
      const int32_t *row_values = values + (group * GROUP + row) * DRIFT_BLOCK;
      for (int32_t entry = 0; entry < 1 << row; entry++) {
        for (int32_t lane = 0; lane < SLICE; lane += WIDTH) {
          *(ints *)(sums + (entry + (1 << row)) * SLICE + lane) =
              *(const ints *)(sums + entry * SLICE + lane) + *(const ints *)(row_values + lane);
        }
      }
    }
  }
}

static void lookup_add(const int32_t *product, const uint64_t *row_members,
                       const uint64_t *column_members, int64_t permutations, int32_t *table,
                       int32_t *lanes) {
  ints column_bits[PIECES];
  for (int32_t lane = 0; lane < SLICE; lane++) {
    column_bits[lane / WIDTH][lane % WIDTH] = (int32_t)(1u << lane);
  }
  for (int32_t part = 0; part < DRIFT_BLOCK / SLICE * (DRIFT_BLOCK / SLICE); part++) {
    const int32_t first_row = part / (DRIFT_BLOCK / SLICE) * SLICE;
    const int32_t first_column = part % (DRIFT_BLOCK / SLICE) * SLICE;
    lookup_table(product + first_row * DRIFT_BLOCK + first_column, table);
    for (int64_t p = 0; p < permutations; p++) {
      const uint64_t rows = row_members[p] >> first_row;
      ints sums[PIECES] = {0};
#pragma clang loop unroll(full)
      for (int32_t group = 0; group < GROUPS; group++) {
        const int32_t *entry =
            table + group * (TABLE_BYTES / 4) + ((rows >> (GROUP * group)) % SUBSETS) * SLICE;
#pragma clang loop unroll(full)
        for (int32_t piece = 0; piece < PIECES; piece++) {
          sums[piece] += *(const ints *)(entry + piece * WIDTH);
        }
      }
      const ints columns = (ints){0} + (int32_t)(column_members[p] >> first_column);
      ints total = {0};
#pragma clang loop unroll(full)
      for (int32_t piece = 0; piece < PIECES; piece++) {
        total += sums[piece] & ((columns & column_bits[piece]) != 0);
      }
      *(ints *)(lanes + p * WIDTH) += total;
    }
  }
}

static void lookup_totals(int32_t *lanes, int64_t permutations, int64_t weight, int64_t *totals) {
  for (int64_t p = 0; p < permutations; p++) {
    int64_t sum = 0;
    for (int32_t lane = 0; lane < WIDTH; lane++) sum += lanes[p * WIDTH + lane];
    totals[p] += weight * sum;
  }
  memset(lanes, 0, (size_t)permutations * WIDTH * sizeof *lanes);
}
