namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Whether credits were spent, as answers say it.</summary>
internal static class CreditsSpent
{
    public const string No = "no";
    public const string Yes = "yes";
    public const string Unknown = "unknown";

    public static string FromCharge(ImaCharge charge) => charge switch
    {
        ImaCharge.No => No,
        ImaCharge.Yes => Yes,
        _ => Unknown,
    };
}
