using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Testing;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ImaNanoBanana.Studio;

/// <summary>Puts the studio together.</summary>
internal static class StudioHost
{
    private const string Database = "Images";
    private const string ClientSection = "ImaNanoBanana";
    private const string ExporterAddress = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddStudio(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(StudioSettings.Section).Get<StudioSettings>() ?? new StudioSettings();
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        AddClient(builder, settings);
        services.AddSingleton<ImageTable>();
        services.AddSingleton<FileTable>();
        services.AddSingleton<VisitorBudgets>();
        services.AddSingleton<RequestFactory>();
        services.AddSingleton<ImageFeed>();
        services.AddSingleton<ImageRun>();
        services.AddSingleton<ImageOrders>();
        services.AddSingleton<EventSources>();
        services.AddSingleton<ImageRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ImageRunner>());
        services.AddHostedService<ChangePoller>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StudioJsonContext.Default));
        services.AddExceptionHandler<Problems>();
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        AddTelemetry(builder);
    }

    public static void UseStudio(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSameOriginOnly();
        Visitor.UseVisitors(app);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapImages();
        app.MapEvents();
        app.MapPrices();
        app.MapFiles();
        app.MapOpenApi();
        app.MapHealthChecks("/health");
    }

    /// <summary>The journal and the ledger are in the same place as the images, so that all of them survive together.</summary>
    private static void AddClient(WebApplicationBuilder builder, StudioSettings settings)
    {
        var services = builder.Services;
        var section = builder.Configuration.GetSection(ClientSection);
        var client = services.AddImaNanoBanana(section).AddCreditBudget(settings.TotalCredits, settings.Period);
        if (builder.Configuration.GetConnectionString(Database) is { Length: > 0 } connectionString)
        {
            var source = NpgsqlDataSource.Create(connectionString);
            services.AddSingleton(_ => source);
            services.AddSingleton(_ => StudioDatabase.InPostgreSql(source));
            client.AddPostgreSql(source);
        }
        else
        {
            services.AddSingleton(_ => StudioDatabase.InFile(settings.Folder));
            services.AddSingleton<SqliteCreditLedger>();
            client.AddFileJournal(Path.Combine(settings.Folder, "journal"));
            client.AddCreditLedger(provider => provider.GetRequiredService<SqliteCreditLedger>());
        }

        var key = section[nameof(ImaNanoBananaOptions.ApiKey)] ?? builder.Configuration["IMA_API_KEY"];
        if (settings.Simulator is { } address)
        {
            client.UseSimulator(address);
        }
        else if (string.IsNullOrWhiteSpace(key))
        {
            client.UseSimulator(new ImaSimulator { ProcessingTime = settings.SimulatedTime });
        }

        services.AddSingleton(new StudioMode(settings.Simulator is not null || string.IsNullOrWhiteSpace(key)));
    }

    /// <summary>Traces and metrics go to the collector of the usual environment variable, if there is one.</summary>
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(ImaTelemetry.ActivitySourceName).AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(ImaTelemetry.MeterName).AddAspNetCoreInstrumentation());
        if (!string.IsNullOrWhiteSpace(builder.Configuration[ExporterAddress]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
