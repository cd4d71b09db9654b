// What a process has once belongs to one test at a time: its thread pool, which a clock that runs by itself looks at, what it
// allocates, its environment, its current folder and its listeners.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
