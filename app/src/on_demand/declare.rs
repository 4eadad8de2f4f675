//! How a page is declared to be fetched on demand.

/// Declares the route of a page that is fetched on demand: `on_demand!(pub(crate) JobsRoute => JobsPage, in staff);`.
///
/// The page is a component without properties. Its route is `<Route path=… view={Lazy::<JobsRoute>::new()} />`. All pages
/// of an area are fetched together, by the first that is opened. Areas are few: whatever some of them share becomes a
/// module for each combination of areas, and a page waits for all that it has a part in.
macro_rules! on_demand {
    ($visibility:vis $route:ident => $page:ident, in $area:ident) => {
        /// The way to a page that is fetched when it is first opened.
        #[derive(Debug)]
        $visibility struct $route;

        #[cfg(not(feature = "split"))]
        impl leptos_router::LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> leptos::prelude::AnyView {
                leptos::prelude::IntoAny::into_any($page())
            }
        }

        #[cfg(feature = "split")]
        #[expect(non_snake_case, reason = "the linker tells the pages' functions apart by their names")]
        const _: () = {
            #[wasm_split_helpers::wasm_split($area, fallible, preload(module))]
            fn $route() -> Result<leptos::prelude::AnyView, wasm_split_helpers::SplitLoaderError> {
                Ok(leptos::prelude::IntoAny::into_any($page()))
            }

            impl leptos_router::LazyRoute for $route {
                fn data() -> Self {
                    Self {}
                }

                async fn preload() {
                    $crate::on_demand::fetch(stringify!($area), module()).await;
                }

                async fn view(_: Self) -> leptos::prelude::AnyView {
                    $crate::on_demand::fetched(stringify!($area), $route()).await
                }
            }
        };
    };
}

pub(crate) use on_demand;
