// Resources that a process has only once belong to one test at a time: the thread pool, which a running clock observes, the allocations,
// the environment, the current folder and the listeners.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
