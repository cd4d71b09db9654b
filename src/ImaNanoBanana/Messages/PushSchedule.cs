namespace ImaNanoBanana.Messages;

/// <summary>When people are told that an image is still being made (wire contract, vocabulary, step 2). Pure.</summary>
internal sealed class PushSchedule
{
    /// <summary>20 s: what is ready sooner is not pushed about.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _interval;

    /// <param name="model">The model; null when it is not known.</param>
    /// <param name="begin">How old the task is when its watch begins.</param>
    public PushSchedule(ImageModel? model, TimeSpan begin)
    {
        _interval = TimeSpan.FromSeconds(model == ImageModel.NanoBananaPro ? 30 : 15);
        var first = begin + _interval;
        Next = first > Earliest ? first : Earliest;
    }

    /// <summary>The age of the task at which the next message is due.</summary>
    public TimeSpan Next { get; private set; }

    /// <summary>The message was pushed and taken. Those that fell due meanwhile are left out.</summary>
    public void Pass(TimeSpan age)
    {
        do
        {
            Next += _interval;
        }
        while (Next <= age);
    }
}
