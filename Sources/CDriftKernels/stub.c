const int drift_kernels_stub = 0;
