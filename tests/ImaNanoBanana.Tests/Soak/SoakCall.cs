using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Soak;

/// <summary>One submission of the soak test, identified by its prompt, and its outcome.</summary>
internal sealed record SoakCall(int Number)
{
    /// <summary>The fewest bytes that are accepted as a JPEG.</summary>
    public static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 0xFF, 0xD9];

    public string Prompt => $"call {Number}";

    /// <summary>Every tenth request has its own source image, every thirtieth has two.</summary>
    public ImageRequest Request => new(Prompt)
    {
        Images = Number % 30 == 0
            ? [ImageInput.FromBytes(Picture), ImageInput.FromBytes(Picture)]
            : Number % 10 == 0
            ? [ImageInput.FromBytes(Picture)]
            : [],
        AllowSmallerSize = Number % 2 == 0,
        Size = Number % 7 == 0 ? ImageSize.Size2K : null,
        Language = Number % 3 == 0 ? ImaLanguage.Chinese : ImaLanguage.English,
    };

    public ImageResult? Result { get; private set; }

    public Exception? Error { get; private set; }

    public ImaException? TypedError => Error as ImaException;

    public async Task RunAsync(ImaImageClient client, CancellationToken cancellationToken)
    {
        try
        {
            Result = await client.GenerateAsync(Request, cancellationToken);
        }
        catch (Exception exception)
        {
            Error = exception;
        }
    }

    /// <summary>What is wrong with the outcome, compared with the ledger's entries for this call; null if all is well.</summary>
    public string? Wrong(IReadOnlyList<SimulatedCharge> charges)
    {
        var taskId = Result?.Task.Id ?? TypedError?.Task?.Id;
        var charge = Result is not null ? ImaChargeStatus.Charged : TypedError?.ChargeStatus;
        var wrong =
            charge is null ? "ended in neither a result nor a typed error"
            : charges.Count > 1 ? "was charged twice"
            : charge == ImaChargeStatus.NotCharged && charges.Count > 0 ? "was charged, and the error says no"
            : charge == ImaChargeStatus.Charged && charges.Count == 0 ? "was not charged, and the outcome says yes"
            : charge == ImaChargeStatus.Charged && taskId is null ? "was charged and has no task"
            : taskId is not null && taskId != charges[0].TaskId ? "has a different task than the charged one"
            : null;
        return wrong is null ? null : $"{Prompt} {wrong}: {Error?.Message ?? Result?.ToString()}";
    }
}
