namespace ImaNanoBanana.AotSmoke;

/// <summary>The reported values, immediately and in order.</summary>
internal sealed class Seen<T> : IProgress<T>
{
    public List<T> Items { get; } = [];

    public void Report(T value) => Items.Add(value);
}
