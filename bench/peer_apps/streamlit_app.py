"""Peer: Streamlit. ``python -m streamlit run bench/peer_apps/streamlit_app.py --server.port PORT``."""

from __future__ import annotations

import streamlit as st

from bench.peer_apps.bars import CURRENCIES, FLOWS, bars, figures

ROWS = st.cache_data(figures)()
st.set_page_config(layout="wide")
st.title("Trade between China and Russia")
flow = st.selectbox("Flow", FLOWS)
currency = st.selectbox("Currency", CURRENCIES)
st.plotly_chart(bars(ROWS, flow, currency))
