namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The values of <c>credits_spent</c> in answers.</summary>
internal static class CreditsSpent
{
    public const string No = "no";
    public const string Yes = "yes";
    public const string Unknown = "unknown";

    public static string FromCharge(ImaChargeStatus charge) => charge switch
    {
        ImaChargeStatus.NotCharged => No,
        ImaChargeStatus.Charged => Yes,
        _ => Unknown,
    };
}
