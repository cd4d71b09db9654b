using System.Collections;
using System.Globalization;
using System.Reflection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The table of docs/setup.md lists every option with its default.</summary>
public class SetupPageTests
{
    [Fact]
    public void Table_lists_every_option_with_its_default()
    {
        var rows = MarkdownPage.Read("docs/setup.md").TableUnder("All options").ToDictionary(
            row => row["option"].Text, row => row["default"].Text);
        var options = typeof(ImaNanoBananaOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        Assert.Equal(
            options.Select(option => $"{option.Name}: {Default(option)}").Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Key}: {row.Value}").Order(StringComparer.Ordinal));
    }

    private static string? Default(PropertyInfo option) => (option.Name, option.GetValue(new ImaNanoBananaOptions())) switch
    {
        (nameof(ImaNanoBananaOptions.ApiKey), null) => "from IMA_API_KEY",
        (nameof(ImaNanoBananaOptions.MaxCredits), null) => "no limit",
        (nameof(ImaNanoBananaOptions.AdditionalModels), ICollection { Count: 0 }) => "none",
        (_, ImaLanguage language) when language == ImaLanguage.English => "English",
        (_, TimeSpan { TotalSeconds: < 120 } time) => $"{time.TotalSeconds} s",
        (_, TimeSpan time) => $"{time.TotalMinutes} min",
        (_, long bytes) => $"{bytes / (1024 * 1024)} MB",
        (_, IEnumerable<string> texts) => string.Join(", ", texts),
        (_, bool value) => value ? "true" : "false",
        var (_, value) => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
