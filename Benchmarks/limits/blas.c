// What is used of OpenBLAS and nothing else: how much of a program's size is OpenBLAS.
void cblas_sgemm(void);
void cblas_dgemm(void);
void blas_thread_shutdown_(void);

int main(int count, char **words) {
  if (count > 1) {
    cblas_sgemm();
    cblas_dgemm();
    blas_thread_shutdown_();
  }
  return words == 0;
}
