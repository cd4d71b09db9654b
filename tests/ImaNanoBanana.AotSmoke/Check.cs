namespace ImaNanoBanana.AotSmoke;

/// <summary>One check, with the name that a failure shows.</summary>
internal sealed record Check(string Name, Func<Task> Run)
{
    public Check(string name, Action run)
        : this(name, () =>
        {
            run();
            return Task.CompletedTask;
        })
    {
    }
}
