// Squared distances against two bounds.

static void place(double distance, drift_bracket *bracket, double **end) {
  if (distance < bracket->low) {
    bracket->below++;
  } else if (distance == bracket->low) {
    bracket->at_low++;
  } else if (distance < bracket->high) {
    bracket->between++;
    *(*end)++ = distance;
  } else if (distance == bracket->high) {
    bracket->at_high++;
  }
}

static void bracket_block(const float *products, drift_side a, drift_side b, int32_t columns,
                          int32_t upper, drift_bracket *bracket, double *distances) {
  // Outwards: what is settled against them is settled beyond doubt.
  const float low = nextafterf((float)bracket->low, -INFINITY);
  const float high = nextafterf((float)bracket->high, INFINITY);
  // How far a distance in single precision may be from the true one, by its norms: four times the
  // bound of a product of `columns` rounded steps.
  const float error = (float)(columns + 8) * 0x1p-22f;
  ints lane;
  for (int32_t k = 0; k < WIDTH; k++) lane[k] = k;
  ints below = {0};
  for (int32_t i = 0; i < a.count; i++) {
    for (int32_t first = 0; first < b.count; first += WIDTH) {
      floats norms = a.norms32[i] + *(const floats *)(b.norms32 + first);
      floats distance = norms - 2.0f * *(const floats *)(products + i * DRIFT_BLOCK + first);
      floats margin = norms * error + 0x1p-100f;
      ints column = lane + first;
      ints counts = (column < b.count) & (column > (upper ? i : -1));
      ints is_below = distance + margin < low;
      ints is_above = distance - margin > high;
      below -= is_below & counts;
      ints open = counts & ~(is_below | is_above);
      if (!__builtin_reduce_or(open)) continue;
      for (int32_t k = 0; k < WIDTH; k++) {
        if (!open[k]) continue;
        const double *x = a.rows + (int64_t)i * columns;
        const double *y = b.rows + (int64_t)(first + k) * columns;
        place(drift_direct_distance(x, y, columns), bracket, &distances);
      }
    }
  }
  for (int32_t k = 0; k < WIDTH; k++) bracket->below += below[k];
}
