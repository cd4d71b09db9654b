namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents what the submissions in the journal cost.</summary>
/// <param name="By">By what the groups are formed: <c>day</c>, <c>model</c> or <c>tag</c>.</param>
/// <param name="Since">Submissions since this time count; null for all that the journal keeps.</param>
/// <param name="Groups">The sums.</param>
/// <param name="Total">The sum of all groups.</param>
internal sealed record UsageDocument(
    string By, DateTimeOffset? Since, IReadOnlyList<UsageGroupDocument> Groups, UsageGroupDocument Total)
{
    public static UsageDocument FromUsage(ImageUsage usage, string by, DateTimeOffset? since) =>
        new(by, since, [.. usage.Groups.Select(UsageGroupDocument.FromGroup)], UsageGroupDocument.FromGroup(usage.Total));
}

/// <summary>Represents the sum of one day, model or tag. Submissions with an unknown outcome are counted apart.</summary>
internal sealed record UsageGroupDocument(
    string Key,
    int Submissions,
    long Images,
    decimal Credits,
    int FailedSubmissions,
    int UnknownSubmissions,
    long UnknownImages,
    decimal UnknownCredits)
{
    public static UsageGroupDocument FromGroup(ImageUsageGroup group) => new(
        group.Key,
        group.Submissions,
        group.Images,
        group.Credits,
        group.FailedSubmissions,
        group.UnknownSubmissions,
        group.UnknownImages,
        group.UnknownCredits);
}
