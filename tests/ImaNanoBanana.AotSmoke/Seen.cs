namespace ImaNanoBanana.AotSmoke;

/// <summary>What was reported, at once and in order.</summary>
internal sealed class Seen<T> : IProgress<T>
{
    public List<T> Items { get; } = [];

    public void Report(T value) => Items.Add(value);
}
