namespace ImaNanoBanana.Benchmarks;

/// <summary>A program that measures one thing. What it compares, it measures side by side in one run.</summary>
internal interface IMeasurement
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <param name="isQuick">Whether to measure less, for a first impression.</param>
    Task<IReadOnlyList<Row>> RunAsync(bool isQuick);
}
