namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>A client whose wait for a task is compared.</summary>
internal interface IComparedClient : IDisposable
{
    string Name { get; }

    /// <summary>Creates a task and waits for its end, the way the client does by itself.</summary>
    Task GenerateAsync();

    /// <summary>Gets the status of one task.</summary>
    Task PollAsync();
}
