// What is needed of OpenBLAS, declared here so that <cblas.h> (and the
// <complex.h> that it pulls in) reaches nobody who imports DriftKit.
// Signatures: cblas.h of OpenBLAS 0.3; `enum` parameters are plain ints in the C ABI.
#ifndef DRIFT_COPENBLAS_SHIM_H
#define DRIFT_COPENBLAS_SHIM_H
#ifdef __cplusplus
extern "C" {
#endif

enum { DRIFT_BLAS_ROW_MAJOR = 101, DRIFT_BLAS_NO_TRANSPOSE = 111, DRIFT_BLAS_TRANSPOSE = 112 };

void cblas_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                 const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc);
void cblas_dgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha,
                 const double *a, int lda, const double *b, int ldb, double beta, double *c,
                 int ldc);

// 0 for an OpenBLAS that was built without threads.
int openblas_get_parallel(void);

#ifdef __cplusplus
}
#endif
#endif
