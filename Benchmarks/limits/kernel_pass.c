// One bare pass over a kernel matrix: what a permutation test costs at least when no two rows are
// permuted apart. The matrix is never held; only its upper triangle is computed.

#include <cblas.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"

typedef float floats __attribute__((vector_size(WIDTH)));
typedef int32_t integers __attribute__((vector_size(WIDTH)));

enum { ROWS = 40000, COLUMNS = 30, TILE = 512, TILES = (ROWS + TILE - 1) / TILE };
enum { LANES = WIDTH / sizeof(float) };

struct pass {
  const float *rows, *norms;  // norms: half the squared length of a row, in units of the exponent
  atomic_int *next;
  double sum;
};

// 2^x for x <= 0, to about 1e-7: a polynomial for the fraction, the exponent's bits for the rest.
static inline floats exp2_of(floats x) {
  const floats least = (floats){0} - 126.0f;
  // 1.5 * 2^23: the rounded x is in the low bits.
  const floats shift = (floats){0} + 12582912.0f;
  integers is_small = x < least;
  x = (floats)(((integers)least & is_small) | ((integers)x & ~is_small));
  floats shifted = x + shift;
  floats f = x - (shifted - shift);
  floats p = f * 1.5403530e-4f + 1.3333558e-3f;
  p = p * f + 9.6181291e-3f;
  p = p * f + 5.5504109e-2f;
  p = p * f + 2.4022651e-1f;
  p = p * f + 6.9314718e-1f;
  p = p * f + 1.0f;
  return (floats)((integers)p + ((integers)shifted << 23));
}

static void *pass_tiles(void *argument) {
  struct pass *pass = argument;
  float *products = aligned_alloc(64, sizeof(float) * TILE * TILE);
  if (products == NULL) exit(71);
  int index;
  while ((index = atomic_fetch_add(pass->next, 1)) < TILES * (TILES + 1) / 2) {
    int i = 0, j = index;  // the index counts the tiles of the upper triangle, row by row
    while (j >= TILES - i) j -= TILES - i++;
    j += i;
    int high = ROWS - i * TILE < TILE ? ROWS - i * TILE : TILE;
    int wide = ROWS - j * TILE < TILE ? ROWS - j * TILE : TILE;
    const float *a = pass->rows + (size_t)i * TILE * COLUMNS;
    const float *b = pass->rows + (size_t)j * TILE * COLUMNS;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, high, wide, COLUMNS, 1, a, COLUMNS, b,
                COLUMNS, 0, products, TILE);
    const float *across = pass->norms + j * TILE;
    double tile = 0;
    for (int r = 0; r < high; r++) {
      const float *row = products + (size_t)r * TILE;
      floats down = (floats){0} + pass->norms[i * TILE + r], sums[4] = {{0}};
      // A multiple of 4 vectors wide: 40,000 and 512 both are.
      for (int c = 0; c < wide; c += 4 * LANES) {
        for (int k = 0; k < 4; k++) {
          floats product, norm;
          memcpy(&product, row + c + k * LANES, sizeof product);
          memcpy(&norm, across + c + k * LANES, sizeof norm);
          sums[k] += exp2_of(product - down - norm);
        }
      }
      sums[0] += sums[1] + (sums[2] + sums[3]);
      float line = 0;
      for (int k = 0; k < LANES; k++) line += sums[0][k];
      tile += line;
    }
    pass->sum += tile;
  }
  free(products);
  return NULL;
}

double kernel_pass_seconds(int threads) {
  float *rows = malloc(sizeof(float) * ROWS * COLUMNS), *norms = malloc(sizeof(float) * ROWS);
  if (rows == NULL || norms == NULL) exit(71);
  // Rows of about unit variance; the width is the one at which a typical value is 1 / e.
  const float scale = sqrtf(1.4426950f / (2 * COLUMNS));
  uint64_t state = 1;
  for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    rows[i] = ((float)(state >> 40) / 16777216.0f - 0.5f) * 3.4641016f * scale * 1.4142135f;
  }
  for (size_t i = 0; i < ROWS; i++) {
    float sum = 0;
    for (size_t j = 0; j < COLUMNS; j++) sum += rows[i * COLUMNS + j] * rows[i * COLUMNS + j];
    norms[i] = sum / 2;
  }
  atomic_int next = 0;
  struct pass passes[MOST_THREADS];
  void *arguments[MOST_THREADS];
  for (int i = 0; i < threads; i++) {
    passes[i] = (struct pass){rows, norms, &next, 0};
    arguments[i] = &passes[i];
  }
  double seconds = on_threads(threads, pass_tiles, arguments);
  double sum = 0;
  for (int i = 0; i < threads; i++) sum += passes[i].sum;
  // The mean kernel value of such rows; anything else means that the loop is broken.
  double mean = sum / ((double)ROWS * (ROWS + TILE) / 2);
  if (!(mean > 0.1 && mean < 0.7)) abort();
  free(rows);
  free(norms);
  return seconds;
}
