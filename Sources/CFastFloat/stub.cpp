extern "C" const int drift_ff_stub = 0;
