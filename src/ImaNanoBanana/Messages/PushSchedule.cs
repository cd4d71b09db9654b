namespace ImaNanoBanana.Messages;

/// <summary>Determines when users get a message that the image is still being generated.</summary>
internal sealed class PushSchedule
{
    /// <summary>The earliest time of a message. An image that is ready sooner needs none.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _interval;

    /// <param name="model">The model, or null if it is unknown.</param>
    /// <param name="begin">The age of the task at the start of the watch.</param>
    public PushSchedule(ImageModel? model, TimeSpan begin)
    {
        _interval = TimeSpan.FromSeconds(model == ImageModel.NanoBananaPro ? 30 : 15);
        var first = begin + _interval;
        Next = first > Earliest ? first : Earliest;
    }

    /// <summary>Gets the age of the task at which the next message is due.</summary>
    public TimeSpan Next { get; private set; }

    /// <summary>Records that the message was delivered. Messages that became due in the meantime are skipped.</summary>
    public void Pass(TimeSpan age)
    {
        do
        {
            Next += _interval;
        }
        while (Next <= age);
    }
}
