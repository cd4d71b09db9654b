namespace ImaNanoBanana.Benchmarks;

/// <summary>A program that measures one thing. What it compares it measures side by side in one run.</summary>
internal interface IMeasurement
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string Summary { get; }

    /// <param name="isQuick">Whether to measure less of it, for a first look.</param>
    Task<IReadOnlyList<Row>> RunAsync(bool isQuick);
}
